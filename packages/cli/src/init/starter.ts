import { configurationReference } from '@trae-cli/config';
import type { CatalogEntry } from '@trae-cli/providers';

/** What a starter file is about. */
export type Starter = {
  readonly entry: CatalogEntry;
  /** Absent: the only one that the server offers. */
  readonly model: string | undefined;
  /** Absent: the vendor's own. */
  readonly baseUrl: string | undefined;
  /** Whether the keys of the person are kept from that address until the folder is trusted. */
  readonly needsTrust: boolean;
};

/** One key of the file. `value` is JSON. One that is not active is written as a comment, to be taken out of it. */
export type StarterKey = {
  readonly name: string;
  readonly value: string;
  readonly isActive: boolean;
  readonly comment: readonly string[];
};

export type StarterFile = {
  readonly preface: readonly string[];
  readonly provider: string;
  readonly general: readonly StarterKey[];
  readonly ofProvider: readonly StarterKey[];
};

/** With the indentation of either format before it, and the mark of a comment. */
const longestLine = 70;

/** Lines of words, none of them longer than a screen is wide unless a word is. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= longestLine) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const references = new Map(configurationReference().map((reference) => [reference.key, reference]));

type Given = { readonly value?: string | undefined; readonly example?: string | undefined; readonly note?: string };

/** A key in the words of the reference. `value` makes it active; `example` stands in the place of the reference's. */
function starterKey(path: string, { value, example, note }: Given = {}): StarterKey {
  const reference = references.get(path);
  const shown = value ?? example;
  return {
    name: path.split('.').at(-1) ?? path,
    value: shown === undefined ? (reference?.example ?? 'null') : JSON.stringify(shown),
    isActive: value !== undefined,
    comment: [reference?.description, note].flatMap((text) => (text === undefined ? [] : wrapped(text))),
  };
}

/** Those there is nothing to be said against, such as that they were withdrawn. */
function otherModels({ models, popularModels = [] }: CatalogEntry, model: string | undefined): string | undefined {
  const isAdvised = (id: string): boolean => models.find(({ pattern }) => pattern.test(id))?.notice === undefined;
  const others = popularModels.filter((other) => other !== model && isAdvised(other));
  return others.length === 0 ? undefined : `Others: ${others.join(', ')}.`;
}

const trustNote =
  'Your keys are not sent to an address that a file of a folder names before you run `trae-cli trust` there.';

const optional = [
  'max_tokens',
  'temperature',
  'reasoning_effort',
  'context_window',
  'headers',
  'timeout',
  'max_retries',
];

function keyAdvice({ id, keyVariables: [variable] }: CatalogEntry): string {
  const ways = [...(variable === undefined ? [] : [`export ${variable}=…`]), `trae-cli login ${id}`];
  return `No key belongs in here. Give it with: ${ways.join(', or ')}`;
}

/** What the file says, in either format. */
export function starterFile({ entry, model, baseUrl, needsTrust }: Starter): StarterFile {
  const others = otherModels(entry, model);
  const ofProvider = (key: string, given?: Given): StarterKey => starterKey(`model_providers.NAME.${key}`, given);
  return {
    preface: [
      'The configuration of trae-cli. What holds in the end, and where it comes',
      'from, is printed by `trae-cli show-config`.',
      ...wrapped(keyAdvice(entry)),
    ],
    provider: entry.id,
    general: [starterKey('default_provider', { value: entry.id }), starterKey('max_steps'), starterKey('tools')],
    ofProvider: [
      ofProvider('model', {
        value: model,
        example: entry.defaultModel,
        ...(others === undefined ? {} : { note: others }),
      }),
      ofProvider('base_url', {
        value: baseUrl,
        example: entry.baseUrl ?? entry.addressExample,
        ...(needsTrust ? { note: trustNote } : {}),
      }),
      ...optional.map((key) => ofProvider(key)),
    ],
  };
}
