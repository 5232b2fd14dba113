import { isJsonObject, type ModelRequest, type Usage } from '@trae-cli/protocol';
import { ServiceFailure } from '../errors/failure.js';
import type { Asking, Sent } from '../service/protocol.js';
import type { Target } from '../service/target.js';
import { isSameModel, loadedModels } from './desk.js';
import { type Noted, notedOf } from './noted.js';
import { grownFrom } from './growth.js';
import { aboutTokens, fewestTokens, fewestTokensRoughly, tokensInRuns } from './prompt-size.js';
import { inWords } from './window.js';

/** A prompt that comes this close to the window has been cut to it, or leaves no room for an answer. */
const marginTokens = 8;
/** How long the end of a turn may wait for the server to say what it has loaded. */
const longestWaitMs = 2000;
/** Windows that servers have by themselves, where nobody is heard who asks for another. */
const usualWindows: readonly number[] = [2048, 4096, 8192, 16_384, 32_768];
/**
 * No server has a window below 2048, and what is cut to one still has the instructions and the tools: a count that is
 * smaller than this is none of the prompt, but of what was not cached, or made up.
 */
const leastCount = 1024;
/** By how much a guess has to be above what the server has read to count, where that is such a window to the token. */
const doubtful = 1.25;

type Verifying = Asking & { readonly target: Target };

/** One turn, as it was sent and as the server counts it. */
type Evidence = {
  readonly asked: number;
  /** Tokens of the prompt by the server's own count; undefined where it says nothing. */
  readonly read: number | undefined;
  readonly request: ModelRequest;
  readonly about: number;
  /** What it must have by the count of the request before, where it has grown from that; else nothing. */
  readonly least: number;
};

const askedWindow = ({ parameters: { options } }: Sent): number | undefined => {
  const tokens = isJsonObject(options) ? options['num_ctx'] : undefined;
  return typeof tokens === 'number' ? tokens : undefined;
};

/** The window that the server really has loaded the model with; undefined where it does not say. */
async function loadedWindow(asking: Verifying): Promise<number | undefined> {
  const { signal, target } = asking;
  const limited = { ...asking, signal: AbortSignal.any([signal, AbortSignal.timeout(longestWaitMs)]) };
  const loaded = await loadedModels(limited).catch(() => undefined);
  signal.throwIfAborted();
  return loaded?.find(({ name }) => isSameModel(name, target.ref.model))?.context_length;
}

function isFarBelow({ least, read, request }: Evidence): boolean {
  if (read === undefined || read < leastCount) return false;
  if (read < least) return true;
  return read < fewestTokensRoughly(request) && read < fewestTokens(request);
}

/** What makes one look again: the count is far below what was sent, or one that servers stop at by themselves. */
const isDoubtful = (evidence: Evidence): boolean => {
  const { about, asked, read } = evidence;
  if (read === undefined) return false;
  const isCutToUsual = usualWindows.some((usual) => usual < asked && usual - read >= 0 && usual - read <= marginTokens);
  return isFarBelow(evidence) || (isCutToUsual && about >= read * doubtful);
};

const truncated = ({ about, asked }: Evidence, kept: number): ServiceFailure =>
  new ServiceFailure({ type: 'prompt_truncated', kept, sent: Math.max(about, kept + 1), asked });

/** The server has a smaller window than was asked for: whatever is longer has lost something. */
function judgeSmaller(evidence: Evidence, kept: number): readonly string[] {
  const { about, asked, read } = evidence;
  if (about > kept || isFarBelow(evidence) || (read !== undefined && read >= kept - marginTokens))
    throw truncated(evidence, kept);
  return [
    `The server has a window of ${inWords(kept)}, although ${asked} were asked for (num_ctx): start it with OLLAMA_CONTEXT_LENGTH=${asked}, or set context_window to ${kept}.`,
  ];
}

/** Asked once, when the model has been loaded for the first answer; and again where something does not add up. */
async function keptWindow(asking: Verifying, noted: Noted, evidence: Evidence): Promise<number | undefined> {
  const { asked } = evidence;
  const isNew = noted.loaded?.asked !== asked;
  const isWorthIt = isNew && asking.endpoint.isPrivate && !noted.isRemote;
  if (isWorthIt || isDoubtful(evidence)) noted.loaded = { asked, kept: await loadedWindow(asking) };
  return noted.loaded?.asked === asked ? noted.loaded.kept : undefined;
}

/** The request by itself, or by the count of the one that it has grown from, which is more to be trusted. */
function evidenceOf({ bytes, request }: Sent, asked: number, read: number | undefined, noted: Noted): Evidence {
  const guess = aboutTokens(request, bytes);
  const isCounted = noted.countsEverything && !noted.isRemote;
  const grown = isCounted ? grownFrom(noted.counted, request, guess) : undefined;
  if (read !== undefined) noted.counted = { request, read, about: guess };
  return { asked, read, request, ...(grown ?? { about: Math.max(0, guess - tokensInRuns(request)), least: 0 }) };
}

/**
 * Whether the server has read all that was sent, by its own count, by the size of the request, and by the window that it
 * says the model is loaded with. Throws where it has not, before anybody acts on the answer; what is returned are notices.
 */
export async function verifyTurn(asking: Verifying, sent: Sent, usage: Usage | null): Promise<readonly string[]> {
  const asked = askedWindow(sent);
  if (asked === undefined || asking.endpoint.fullUrl !== undefined) return [];
  const read = usage === null ? undefined : usage.input + usage.cacheRead;
  const noted = notedOf(asking.client, asking.target.ref.model);
  const evidence = evidenceOf(sent, asked, read, noted);
  const isFirst = noted.loaded === undefined;
  const kept = await keptWindow(asking, noted, evidence);
  if (kept !== undefined && kept < asked) return judgeSmaller(evidence, kept);
  if (read !== undefined && read >= asked - marginTokens) throw new ServiceFailure({ type: 'overflowed' });
  // An old server does not count what it had cached, so that a small number says nothing after its first answer; one that
  // says what it has loaded is none. What is far too little has lost something, whatever the window.
  const isSure = noted.countsEverything || isFirst || kept !== undefined;
  const isCut = kept === undefined ? isDoubtful(evidence) : isFarBelow(evidence);
  if (read !== undefined && isSure && isCut) throw truncated(evidence, read);
  return [];
}
