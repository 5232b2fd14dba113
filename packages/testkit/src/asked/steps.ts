import type { JsonValue } from '@trae-cli/protocol';

/** What a request tells of the conversation, in the order it tells it, whatever the protocol. */
export type Step =
  /** A message of the model begins. */
  | { readonly type: 'turn' }
  | { readonly type: 'words'; readonly role: string; readonly text: string }
  | { readonly type: 'call'; readonly id: string | undefined; readonly name: string; readonly arguments: JsonValue }
  /** What the answer is bound to its call by: an id, or else a name and its place. */
  | {
      readonly type: 'answer';
      readonly id: string | undefined;
      readonly name?: string | undefined;
      readonly text: string;
    };

export type AnsweredCall = {
  readonly id: string | undefined;
  readonly name: string;
  readonly arguments: JsonValue;
  /** The texts of the answers that stand directly behind the calls of its turn. */
  readonly answers: readonly string[];
};

type OpenCall = AnsweredCall & { readonly answers: string[] };
type Answer = Extract<Step, { type: 'answer' }>;

function isFor({ id, name }: Answer, call: OpenCall): boolean {
  if (id !== undefined && call.id !== undefined) return id === call.id;
  return call.answers.length === 0 && (name === undefined || name === call.name);
}

/** The calls of a conversation, each with its answers. Throws where an answer stands behind no call of its own. */
export function answeredCalls(steps: readonly Step[]): readonly AnsweredCall[] {
  const calls: OpenCall[] = [];
  let open: OpenCall[] = [];
  for (const step of steps) {
    if (step.type === 'call') {
      if (open.some((call) => call.answers.length > 0)) open = [];
      open.push({ id: step.id, name: step.name, arguments: step.arguments, answers: [] });
      calls.push(...open.slice(-1));
    } else if (step.type === 'answer') {
      const call = open.find((candidate) => isFor(step, candidate));
      if (call === undefined) throw new Error(`The answer "${step.text}" stands behind no call of its own.`);
      call.answers.push(step.text);
    } else if (step.type === 'turn' || step.role !== 'assistant') open = [];
  }
  return calls;
}
