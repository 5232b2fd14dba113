import { textOf, type ToolMessage } from '@trae-cli/protocol';

export type Spill = (callId: string, text: string) => Promise<string>;

const lineCount = (text: string): number => text.split('\n').length;

async function keep(callId: string, text: string, spill: Spill | undefined): Promise<string | undefined> {
  try {
    return await spill?.(callId, text);
  } catch {
    // A full disk must not end the run: the output is then gone for the model, and the stub says so.
    return undefined;
  }
}

/**
 * The stub that takes the place of an old output: how long it was, and the file that has the whole of it. Short, since a
 * long run collects them by the hundred.
 */
export async function pruned(
  message: ToolMessage,
  outputFile: string | undefined,
  spill: Spill | undefined,
): Promise<ToolMessage> {
  const text = textOf(message.content);
  const file = outputFile ?? (await keep(message.callId, text, spill));
  const where = file === undefined ? 'Repeat the call if you need it.' : `The whole of it: ${file}`;
  const stub = `[Old output left out: ${lineCount(text)} lines, ${text.length} characters. ${where}]`;
  return { ...message, content: [{ type: 'text', text: stub }] };
}
