import { formatCount } from '@trae-cli/protocol';

/** Why the window is as long as it is. */
type Bound = 'asked' | 'modelfile' | 'usual' | 'model' | 'memory';

export type Window = { readonly tokens: number; readonly bound: Bound };

/** Agents are said to need this much; half of it where memory is short. */
const usualWindow = 65_536;
const smallWindow = 32_768;
/** What no conversation with an agent goes below, where the model has it. */
const leastWindow = 4096;
const step = 1024;

type WindowFacts = {
  /** What the person says. */
  readonly asked: number | undefined;
  /** `num_ctx` of the Modelfile. */
  readonly modelfile: number | undefined;
  /** What the model was trained with. */
  readonly trained: number | undefined;
  /** What fits into the memory; undefined where nobody can tell. */
  readonly fitting: number | undefined;
  readonly hasSmallMemory: boolean;
  /** The model runs at the vendor's, where memory is no matter and the whole window is there. */
  readonly isRemote: boolean;
};

function wished({ asked, modelfile, trained, hasSmallMemory, isRemote }: WindowFacts): Window {
  if (asked !== undefined) return { tokens: asked, bound: 'asked' };
  if (modelfile !== undefined) return { tokens: modelfile, bound: 'modelfile' };
  if (isRemote && trained !== undefined) return { tokens: trained, bound: 'model' };
  return { tokens: hasSmallMemory ? smallWindow : usualWindow, bound: 'usual' };
}

/** The window to ask for: what is wished, as far as the model goes and the memory reaches. */
export function chooseWindow(facts: WindowFacts): Window {
  const wish = wished(facts);
  const { fitting = Number.POSITIVE_INFINITY, trained = Number.POSITIVE_INFINITY } = facts;
  const room = Math.max(leastWindow, Math.floor(fitting / step) * step);
  if (Math.min(trained, room) >= wish.tokens) return wish;
  return trained <= room ? { tokens: trained, bound: 'model' } : { tokens: room, bound: 'memory' };
}

export const inWords = (tokens: number): string => `${formatCount(tokens)} tokens`;

const reasons = {
  asked: 'as context_window says',
  modelfile: 'as the Modelfile says; context_window changes it',
  usual: 'set context_window to change it',
  model: 'the model has no more',
  memory: 'by our reckoning more does not fit into the memory of this machine beside the model',
} as const satisfies Record<Bound, string>;

/** What the person is told of it. */
export const describeWindow = ({ tokens, bound }: Window): string =>
  `The window is ${inWords(tokens)} (num_ctx): ${reasons[bound]}.`;

/** `num_ctx` among the lines of a Modelfile's parameters. */
export function windowInParameters(lines: string | undefined | null): number | undefined {
  const tokens = Number(/^[ \t]*num_ctx[ \t]+"?(\d{1,15})"?[ \t]*$/m.exec(lines ?? '')?.[1]);
  return Number.isSafeInteger(tokens) && tokens > 0 ? tokens : undefined;
}
