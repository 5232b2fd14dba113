import type { Failure } from '../errors/failure.js';
import { overflowIn } from '../errors/overflow.js';
import { type ServiceError, serviceErrorFrom } from '../errors/service-error.js';
import type { Form, Repair } from './repair.js';

export type Attempted = Form & {
  readonly earlier: readonly Repair[];
  /** Names of the protocol that stand for one another: where one is refused, the other may be taken. */
  readonly synonyms: Synonyms;
};

export type Synonyms = Readonly<Record<string, string>>;

/** Repairs that only one protocol knows; asked before those that all share. */
export type FindRepair = (error: ServiceError, attempted: Attempted) => Repair | undefined;

const limits: readonly string[] = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'];

/** These are the request itself. */
const indispensable: ReadonlySet<string> = new Set(['model', 'stream']);

function firstNumber(text: string, patterns: readonly RegExp[]): number | undefined {
  const found = patterns.map((pattern) => Number(pattern.exec(text)?.[1]?.replaceAll(',', '')));
  return found.find((number) => Number.isInteger(number) && number > 0);
}

const largestPatterns: readonly RegExp[] = [
  /at most ([\d,]+)/i,
  /\[\d+, ?([\d,]+)\]/,
  /(?:less than or equal to|<=|maximum (?:value|allowed)(?: \w+)? (?:is|of)) ?([\d,]+)/i,
];

const inputPatterns: readonly RegExp[] = [
  /([\d,]+) in the messages/i,
  /has ([\d,]+) input tokens/i,
  /exceed context limit: ([\d,]+) \+/i,
  // vLLM, TGI
  /passed ([\d,]+) input tokens/i,
  /given: ([\d,]+) `?inputs/i,
];

const leastWorthwhile = 256;
/** Tokens that templates add and nobody counts. */
const margin = 16;

/** The input would fit, if only the answer were not to be so long. */
function shorterAnswer(window: number | undefined, error: ServiceError, { parameters }: Form): Repair | undefined {
  const name = limits.find((limit) => limit in parameters);
  const input = firstNumber(error.message, inputPatterns);
  if (name === undefined || window === undefined || input === undefined) return undefined;
  const room = window - input - margin;
  const value = parameters[name];
  if (typeof value !== 'number' || room < leastWorthwhile || room >= value) return undefined;
  return { type: 'lower', name, most: room, lasts: false };
}

/** OpenRouter reckons with the longest answer there could be, and says for which the credit would do. */
function affordableAnswer({ message }: ServiceError, { parameters }: Form): Repair | undefined {
  const most = firstNumber(message, [/can only afford ([\d,]+)/i]);
  const name = limits.find((limit) => limit in parameters) ?? 'max_tokens';
  const value = parameters[name];
  if (most === undefined || (typeof value === 'number' && value <= most)) return undefined;
  return { type: 'lower', name, most, lasts: false };
}

/** A limit that is too high is lowered, one with another name here is renamed, and else it is left out. */
function repairedLimit(name: string, error: ServiceError, { parameters, earlier, synonyms }: Attempted): Repair {
  const value = parameters[name];
  const most = firstNumber(error.message, largestPatterns);
  if (most !== undefined && typeof value === 'number' && most < value)
    return { type: 'lower', name, most, lasts: true };
  const wasRenamed = earlier.some((repair) => repair.type === 'rename' && repair.to === name);
  const to = synonyms[name];
  return wasRenamed || to === undefined ? { type: 'leave_out', name } : { type: 'rename', name, to };
}

const isGone = (repair: Repair): repair is Extract<Repair, { type: 'leave_out' | 'rename' }> =>
  repair.type === 'leave_out' || repair.type === 'rename';

/** The optional parameters of the request that the error names, in its structure or in its words. */
function namedIn(error: ServiceError, { earlier, parameters }: Attempted): readonly string[] {
  const optional = Object.keys(parameters).filter((name) => !indispensable.has(name));
  if (error.parameters.length > 0)
    return optional.filter((name) => error.parameters.some((named) => named.split('.')[0] === name));
  const isNamed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(error.message);
  // It still speaks of what is gone already: that was not it, and another guess would be no better.
  return earlier.some((repair) => isGone(repair) && isNamed(repair.name)) ? [] : optional.filter(isNamed);
}

function namedRepair(error: ServiceError, attempted: Attempted): Repair | undefined {
  const named = namedIn(error, attempted);
  // Where only one of the two may be sent, the temperature is what people mean.
  if (named.includes('temperature') && named.includes('top_p')) return { type: 'leave_out', name: 'top_p' };
  const limit = limits.find((name) => named.includes(name));
  if (limit !== undefined) return repairedLimit(limit, error, attempted);
  const [name] = named;
  return name === undefined ? undefined : { type: 'leave_out', name };
}

/** DashScope, of some models. */
const answersInStreams = /only supports? stream|non-streaming calls/i;

function repairFor(error: ServiceError, attempted: Attempted): Repair | undefined {
  const { message, status } = error;
  const overflow = overflowIn(error);
  if (overflow !== undefined) return shorterAnswer(overflow.window, error, attempted);
  if (status === 402) return affordableAnswer(error, attempted);
  // Function tools and reasoning exclude each other over Chat Completions, on the models that have the choice.
  if (/set reasoning_effort to .?none/i.test(message)) {
    const name = 'reasoning_effort';
    return attempted.parameters[name] === 'none' ? undefined : { type: 'set', name, value: 'none' };
  }
  if (attempted.parameters['stream'] === false && answersInStreams.test(message))
    return { type: 'set', name: 'stream', value: true };
  if (!attempted.adaptations.includes('system_role') && /\bdeveloper\b/.test(message))
    return { type: 'adapt', to: 'system_role' };
  return namedRepair(error, attempted);
}

const repairable: ReadonlySet<number> = new Set([400, 402, 422]);

/** What to change so that the service may take the request, or undefined where nothing helps. */
export function findRepair(failure: Failure, attempted: Attempted, findOwn?: FindRepair): Repair | undefined {
  if (failure.type !== 'answered') return undefined;
  const error = serviceErrorFrom(failure.body, failure.status);
  // Together says 403 where input and answer together are too long.
  const isAboutForm = repairable.has(failure.status) || (failure.status === 403 && overflowIn(error) !== undefined);
  return findOwn?.(error, attempted) ?? (isAboutForm ? repairFor(error, attempted) : undefined);
}

/** Whether the model wrote a call that the service could not parse: the same request may well succeed. */
export const isBadGeneration = (failure: Failure): boolean =>
  (failure.type === 'answered' || failure.type === 'reported') &&
  /tool_use_failed/.test(typeof failure.body === 'string' ? failure.body : JSON.stringify(failure.body));
