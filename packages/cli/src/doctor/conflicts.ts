import { readFile } from 'node:fs/promises';
import { describeSource, tidyKey } from '@trae-cli/config';
import { isSet } from '@trae-cli/protocol';
import { catalog, type CatalogEntry } from '@trae-cli/providers';
import type { Patient } from './patient.js';

/** Every variable that is read, for whichever provider. */
function variablesRead({ entries }: Patient['ground']): ReadonlySet<string> {
  const namesOf = ({ baseUrlVariables, headerVariables = {}, keyVariables }: CatalogEntry): readonly string[] => [
    ...keyVariables,
    ...baseUrlVariables,
    ...Object.values(headerVariables),
  ];
  return new Set([...catalog, ...entries].flatMap(namesOf));
}

/** Of several variables that mean the same the first counts: what the others say is lost. */
function competing(names: readonly string[], what: string, { ground: { config } }: Patient): readonly string[] {
  const set = names.flatMap((name) => {
    const setting = config.variable(name);
    return setting === undefined ? [] : [{ name, value: setting.value.trim() }];
  });
  const [first, ...others] = set;
  return others
    .filter(({ value }) => value !== first?.value)
    .map(
      ({ name }) =>
        `${first?.name} and ${name} both hold ${what}, and not the same one: ${first?.name} counts. Unset one of them.`,
    );
}

/** A key or an address of a file that something of a higher rank hides. */
function hidden({ ground: { directory }, planned: { address, config, key } }: Patient): readonly string[] {
  const within = { relativeTo: directory.root };
  const { apiKey, baseUrl } = config;
  const isKeyHidden = key !== undefined && apiKey !== undefined && key.value.reveal() !== apiKey.value.reveal();
  const isAddressHidden = address !== undefined && baseUrl !== undefined && address.value !== baseUrl.value;
  return [
    ...(isKeyHidden
      ? [
          `The key from ${describeSource(key.source, within)} hides another one in ${describeSource(apiKey.source, within)}.`,
        ]
      : []),
    ...(isAddressHidden
      ? [
          `The address from ${describeSource(address.source, within)} hides another one in ${describeSource(baseUrl.source, within)}.`,
        ]
      : []),
  ];
}

const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=(.*)$/gm;

/** What `.env` says of a variable that the environment has as well, which comes first. */
async function hiddenDotenv({ ground: { config }, host, planned: { entry } }: Patient): Promise<readonly string[]> {
  if (config.dotenv === undefined) return [];
  const names = new Set([...entry.keyVariables, ...entry.baseUrlVariables]);
  const text = await readFile(config.dotenv.path, 'utf8').catch(() => '');
  return [...text.matchAll(assignment)].flatMap(([, name = '', value = '']) => {
    const outer = host.environment[name];
    const inner = value.trim();
    const isOther = names.has(name) && isSet(outer) && isSet(inner) && tidyKey(outer).key !== tidyKey(inner).key;
    return isOther
      ? [`${name} in .env is hidden by the one in the environment, which is another. Unset that one to use .env.`]
      : [];
  });
}

const rival =
  /^(?:.*_)?(?:BASE|BASE_URL|API_BASE|URL|ENDPOINT|HOST|KEY|TOKEN|ORG|ORG_ID|ORGANIZATION|PROJECT|PROJECT_ID|HEADERS|API_TYPE|API_VERSION)$/;

/** `GROQ_` of `GROQ_API_KEY`. */
const prefixOf = (variable: string): string => variable.replace(/(?:API_)?(?:KEY|TOKEN)$/, '');

/** Variables of the vendor that its own programs obey, and that nobody here reads. */
function unread({ ground, host: { environment }, planned: { entry } }: Patient): readonly string[] {
  const read = variablesRead(ground);
  const prefixes = entry.keyVariables.map(prefixOf).filter((prefix) => prefix.endsWith('_'));
  const isOfVendor = (name: string): boolean =>
    prefixes.some((prefix) => name.startsWith(prefix) && rival.test(name.slice(prefix.length)));
  return Object.keys(environment)
    .filter((name) => isSet(environment[name]) && !read.has(name) && isOfVendor(name))
    .map(
      (name) => `${name} is set, and nothing here reads it: other programs may ask elsewhere, or on another account.`,
    );
}

function unsafe({ environment }: Patient['host']): readonly string[] {
  return environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
    ? [
        'NODE_TLS_REJECT_UNAUTHORIZED is 0: no certificate is looked at, and anybody on the way can read the key. Unset it; ca_file adds an authority.',
      ]
    : [];
}

/** What in the environment redirects requests, or competes with what is meant; a sentence each, without a value. */
export async function conflictsFor(patient: Patient): Promise<readonly string[]> {
  const { entry, redirection } = patient.planned;
  return [
    ...redirection.map((sentence) => `${sentence} If that is not meant, unset it.`),
    ...competing(entry.keyVariables, 'a key', patient),
    ...competing(entry.baseUrlVariables, 'an address', patient),
    ...hidden(patient),
    ...(await hiddenDotenv(patient)),
    ...unread(patient),
    ...unsafe(patient.host),
  ];
}
