/** The cause of an error that says: this model, or this server, cannot call tools. */
export class ToolsUnsupported extends Error {
  override readonly name = 'ToolsUnsupported';

  constructor(message = 'The service does not let this model call tools.') {
    super(message);
  }
}
