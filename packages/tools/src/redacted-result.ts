import type { Redactor, ToolResult } from '@trae-cli/protocol';

/** A result that tells no secret: neither what a file says nor what it is called may. */
export function redactedResult(redactor: Redactor, result: ToolResult): ToolResult {
  switch (result.kind) {
    case 'failure':
      return { ...result, message: redactor.redact(result.message) };
    case 'output': {
      const content = result.content.map((part) =>
        part.type === 'text' ? { ...part, text: redactor.redact(part.text) } : part,
      );
      return { ...result, content };
    }
    case 'completion':
      return result;
    default:
      return result satisfies never;
  }
}
