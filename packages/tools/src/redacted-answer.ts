import { failure, reasonOf, type Redactor, type ToolResult } from '@trae-cli/protocol';

function redacted(result: ToolResult, redactor: Redactor): ToolResult {
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

/**
 * What a command of a tool comes to, thrown errors included, with no secret told: neither what a file says nor what it is
 * called may.
 */
export async function redactedAnswer(
  redactor: Redactor,
  command: string,
  work: () => Promise<ToolResult>,
): Promise<ToolResult> {
  try {
    return redacted(await work(), redactor);
  } catch (error) {
    return redacted(failure(`${command} failed: ${reasonOf(error)}.`), redactor);
  }
}
