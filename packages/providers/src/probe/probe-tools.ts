import {
  callsOf,
  type Message,
  type Model,
  parseArguments,
  textOf,
  type ToolCallPart,
  type ToolMessage,
  type ToolSpec,
  type Usage,
  userMessage,
} from '@trae-cli/protocol';
import { type HeardProbe, hearProbe, type ProbeOptions } from './hear-probe.js';

export type ToolsFinding = {
  /** `worked`: calls were made, their answers were read, and the task was done. */
  readonly outcome: 'worked' | 'no calls' | 'unusable calls' | 'answers not read' | 'never done';
  /** The most calls in one turn. */
  readonly mostAtOnce: number;
  readonly turns: number;
  /** Calls whose arguments were not what the tool takes. */
  readonly unusable: number;
  readonly usages: readonly (Usage | null)[];
  readonly notices: readonly string[];
};

const towns = ['Oslo', 'Lima'] as const;
const mostTurns = 5;

const tool: ToolSpec = {
  name: 'lookup_code',
  description: 'Gives the code of one town.',
  inputSchema: {
    type: 'object',
    properties: { town: { type: 'string', description: 'The name of the town.' } },
    required: ['town'],
  },
};

const request = {
  instructions: 'You use tools where they are needed, and never make up what a tool would answer.',
  tools: [tool],
};

const task = `Look up the codes of ${towns.join(' and ')} with lookup_code, both in the same answer, one call for each. When you have both codes, answer with the two codes and nothing else.`;

/** A code that nobody can guess, so that whoever tells it has read it. */
const codeFor = (index: number, random: () => number): string =>
  `${index + 1}${Math.floor(random() * 900_000) + 100_000}`;

function townIn(call: ToolCallPart): number {
  const parsed = parseArguments(call.arguments);
  const town = parsed.ok && call.name === tool.name ? parsed.value['town'] : undefined;
  return typeof town === 'string' ? towns.findIndex((name) => town.toLowerCase().includes(name.toLowerCase())) : -1;
}

function answered(call: ToolCallPart, codes: readonly string[]): ToolMessage {
  const code = codes[townIn(call)];
  return {
    role: 'tool',
    callId: call.id,
    toolName: call.name,
    status: code === undefined ? 'error' : 'ok',
    content: [{ type: 'text', text: code ?? `There is no such town. lookup_code knows ${towns.join(' and ')}.` }],
  };
}

/** Of a code that is written with separators the digits count. */
const digitsIn = (text: string): string => text.replaceAll(/(?<=\d)[,.\s_-](?=\d)/g, '');

type Progress = { readonly heard: readonly HeardProbe[]; readonly calls: readonly (readonly ToolCallPart[])[] };

function outcomeOf({ heard, calls }: Progress, codes: readonly string[]): ToolsFinding['outcome'] {
  const all = calls.flat();
  if (all.length === 0) return 'no calls';
  if (all.every((call) => townIn(call) === -1)) return 'unusable calls';
  if (calls.at(-1)?.length !== 0) return 'never done';
  const words = textOf(heard.at(-1)?.message.content ?? []);
  const isTold = (code: string): boolean => words.includes(code) || digitsIn(words).includes(code);
  return codes.every(isTold) ? 'worked' : 'answers not read';
}

function judged(progress: Progress, codes: readonly string[]): ToolsFinding {
  const { heard, calls } = progress;
  return {
    outcome: outcomeOf(progress, codes),
    mostAtOnce: Math.max(...calls.map(({ length }) => length)),
    turns: heard.length,
    unusable: calls.flat().filter((call) => townIn(call) === -1).length,
    usages: heard.map(({ usage }) => usage),
    notices: heard.flatMap(({ notices }) => notices),
  };
}

/** A task that takes two calls and their answers, which the model is asked to make at once. */
export async function probeTools(
  model: Model,
  options: ProbeOptions & { readonly random: () => number },
): Promise<ToolsFinding> {
  const codes = towns.map((_, index) => codeFor(index, options.random));
  const messages: Message[] = [userMessage(task)];
  const heard: HeardProbe[] = [];
  const calls: (readonly ToolCallPart[])[] = [];
  while (heard.length < mostTurns) {
    const turn = await hearProbe(model, { ...request, messages: [...messages] }, options);
    const made = callsOf(turn.message);
    heard.push(turn);
    calls.push(made);
    if (made.length === 0) break;
    messages.push(turn.message, ...made.map((call) => answered(call, codes)));
  }
  return judged({ heard, calls }, codes);
}
