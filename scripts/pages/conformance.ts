import { type CatalogEntry, catalog } from '@trae-cli/providers';
import { code, table } from './markdown.js';

const features = [
  'Streams',
  'Tool calls',
  'Reasoning',
  'Usage',
  'Errors and retries',
  'Requests',
  'Models and addresses',
  'Without tools',
] as const;

export type Feature = (typeof features)[number];

type Entry = Pick<CatalogEntry, 'id' | 'apiFormat'>;

/** Conformance cases from the first to the last, what they are about, and whom they concern. */
type CaseRange = {
  readonly first: number;
  readonly last: number;
  readonly feature: Feature;
  readonly concerns: (entry: Entry) => boolean;
};

const everybody = (): boolean => true;
const chat = ({ apiFormat }: Entry): boolean => apiFormat === 'openai-chat' || apiFormat === 'openai-responses';
const anthropic = ({ apiFormat }: Entry): boolean => apiFormat === 'anthropic';
const ollama = ({ apiFormat }: Entry): boolean => apiFormat === 'ollama';
const only =
  (...ids: readonly string[]) =>
  ({ id }: Entry): boolean =>
    ids.includes(id);

const range = (first: number, last: number, feature: Feature, concerns: (entry: Entry) => boolean): CaseRange => ({
  first,
  last,
  feature,
  concerns,
});

/** Every case once, in order. */
export const caseRanges: readonly CaseRange[] = [
  range(1, 23, 'Streams', chat),
  range(24, 45, 'Tool calls', chat),
  range(46, 46, 'Tool calls', only('google')),
  range(47, 47, 'Tool calls', everybody),
  range(48, 49, 'Tool calls', chat),
  range(50, 51, 'Reasoning', chat),
  range(52, 52, 'Reasoning', only('openrouter')),
  range(53, 53, 'Reasoning', only('deepseek')),
  range(54, 54, 'Reasoning', everybody),
  range(55, 57, 'Reasoning', chat),
  range(58, 58, 'Usage', chat),
  range(59, 59, 'Usage', only('groq')),
  range(60, 60, 'Usage', only('deepseek')),
  range(61, 61, 'Usage', only('openai_compatible')),
  range(62, 62, 'Usage', chat),
  range(63, 63, 'Usage', only('openrouter')),
  range(64, 64, 'Usage', chat),
  range(65, 65, 'Usage', anthropic),
  range(66, 69, 'Errors and retries', everybody),
  range(70, 70, 'Errors and retries', only('novita')),
  range(71, 71, 'Errors and retries', only('google')),
  range(72, 74, 'Errors and retries', everybody),
  range(75, 75, 'Errors and retries', only('openai', 'alibaba')),
  range(76, 78, 'Errors and retries', only('groq')),
  range(79, 80, 'Errors and retries', only('openrouter')),
  range(81, 81, 'Errors and retries', only('groq')),
  range(82, 84, 'Errors and retries', everybody),
  range(85, 85, 'Errors and retries', chat),
  range(86, 86, 'Errors and retries', everybody),
  range(87, 87, 'Errors and retries', only('openai', 'azure')),
  range(88, 88, 'Errors and retries', only('groq')),
  range(89, 91, 'Errors and retries', everybody),
  range(92, 92, 'Requests', only('openai_compatible', 'azure')),
  range(93, 99, 'Requests', everybody),
  range(100, 100, 'Requests', only('openrouter')),
  range(101, 102, 'Models and addresses', everybody),
  range(103, 103, 'Reasoning', anthropic),
  range(104, 105, 'Tool calls', anthropic),
  range(106, 110, 'Streams', anthropic),
  range(111, 111, 'Reasoning', anthropic),
  range(112, 112, 'Errors and retries', anthropic),
  range(113, 113, 'Reasoning', anthropic),
  range(114, 114, 'Requests', anthropic),
  range(115, 115, 'Streams', ollama),
  range(116, 117, 'Tool calls', ollama),
  range(118, 120, 'Streams', ollama),
  range(121, 122, 'Errors and retries', ollama),
  range(123, 123, 'Usage', ollama),
  range(124, 124, 'Streams', ollama),
  range(125, 125, 'Errors and retries', ollama),
  range(126, 126, 'Streams', ollama),
  range(127, 127, 'Requests', ollama),
  range(128, 128, 'Models and addresses', ollama),
  range(129, 137, 'Without tools', everybody),
];

/** Neighbours joined: `1–23, 47`. */
function numbersOf(ranges: readonly CaseRange[]): string {
  const joined: { first: number; last: number }[] = [];
  for (const { first, last } of ranges) {
    const before = joined.at(-1);
    if (before !== undefined && before.last + 1 === first) before.last = last;
    else joined.push({ first, last });
  }
  return joined.map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

const cellOf = (entry: Entry, feature: Feature): string =>
  numbersOf(caseRanges.filter((cases) => cases.feature === feature && cases.concerns(entry)));

/** Provider by feature, with the numbers of the cases that prove it. */
export const conformanceTable = (entries: readonly Entry[] = catalog): string =>
  table(
    ['Provider', ...features],
    entries.map((entry) => [code(entry.id), ...features.map((feature) => cellOf(entry, feature))]),
  );
