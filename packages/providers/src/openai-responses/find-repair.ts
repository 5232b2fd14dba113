import { isJsonObject, type JsonObject } from '@trae-cli/protocol';
import type { ServiceError } from '../errors/service-error.js';
import type { Attempted } from '../service/find-repair.js';
import type { Repair } from '../service/repair.js';

const refusals: ReadonlySet<number | undefined> = new Set([400, 403, 404, 422]);

/** Reasoning that was sealed for somebody else, or that the service wants otherwise than it gave it. */
const cannotReadReasoning =
  /invalid_encrypted_content|encrypted content .*(?:could not be|cannot be|failed)|required (?:following item|'?reasoning'? item)|item with id '?rs_/i;

const lowerWords: readonly RegExp[] = [
  /at most ([\d,]+)/i,
  /(?:less than or equal to|<=|maximum (?:value )?(?:is|of)) ?([\d,]+)/i,
];

/** The fields inside parameters, as `reasoning.summary`. */
const nestedNames = (parameters: JsonObject): readonly string[] =>
  Object.entries(parameters).flatMap(([name, value]) =>
    isJsonObject(value) ? Object.keys(value).map((inner) => `${name}.${inner}`) : [],
  );

/** Without the places in lists: `include[0]` is about `include`. */
/** Characters; no parameter has a longer name. */
const longestName = 200;

const withoutPlaces = (parameter: string): string => parameter.slice(0, longestName).replace(/(?:\[\d+\]|\.\d+)+$/, '');

/** In the structure of the error, or else in its words, between quotes where it might be a word like any other. */
const names = ({ message, parameters }: ServiceError, name: string): boolean =>
  parameters.some((parameter) => withoutPlaces(parameter) === name) ||
  (parameters.length === 0 &&
    (/[._]/.test(name) ? message.includes(name) : new RegExp(`['"\`]${name}['"\`]`).test(message)));

function reasoningRepair(error: ServiceError, { adaptations }: Attempted): Repair | undefined {
  const isAboutItem = error.parameters.some((name) => name.startsWith('input')) && /\breasoning\b/.test(error.message);
  const isRefused = isAboutItem || cannotReadReasoning.test(error.words);
  return isRefused && !adaptations.includes('no_reasoning') ? { type: 'adapt', to: 'no_reasoning' } : undefined;
}

function limitRepair(error: ServiceError, { parameters }: Attempted): Repair | undefined {
  const name = 'max_output_tokens';
  const value = parameters[name];
  if (typeof value !== 'number' || !names(error, name)) return undefined;
  const told = lowerWords.map((words) => Number(words.exec(error.message)?.[1]?.replaceAll(',', '')));
  const most = told.find((number) => number > 0 && number < value);
  return most === undefined ? undefined : { type: 'lower', name, most, lasts: true };
}

/** What only this protocol knows to change. */
export function findResponsesRepair(error: ServiceError, attempted: Attempted): Repair | undefined {
  if (!refusals.has(error.status)) return undefined;
  const { adaptations, parameters } = attempted;
  // Some models stream only for organisations that have shown who they are.
  if (parameters['stream'] === true && /verified to (?:use )?stream/i.test(error.message))
    return { type: 'set', name: 'stream', value: false };
  if ('include' in parameters && (names(error, 'include') || names(error, 'reasoning.encrypted_content')))
    return { type: 'leave_out', name: 'include' };
  const nested = nestedNames(parameters).find((name) => names(error, name));
  if (nested !== undefined) return { type: 'leave_out', name: nested };
  if (!adaptations.includes('system_role') && names(error, 'instructions')) return { type: 'adapt', to: 'system_role' };
  return reasoningRepair(error, attempted) ?? limitRepair(error, attempted);
}
