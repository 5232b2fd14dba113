import { configurationReference, type KeyReference } from '@trae-cli/config';
import { code, table } from './markdown.js';

const beginning = `# Configuration

<!-- Generated from the schema by \`npm run docs\`; a test compares the two. -->

Everything works without a file. \`trae-cli init\` writes one to start from, and \`trae-cli show-config\` prints every
effective value with its source.

## Where it is looked for

| Whose | Where |
|---|---|
| the project's | \`trae_config.json\`, \`.yaml\` or \`.yml\`, \`.traerc\`, \`.traerc.json\`, \`.yaml\` or \`.yml\`, or the key \`trae\` in \`package.json\`; in the workspace, else in the nearest folder above it up to the root of the git repository, and never above your home |
| yours | \`trae_config.json\`, \`.yaml\` or \`.yml\` in \`$XDG_CONFIG_HOME/trae-cli\`, which is \`~/.config/trae-cli\` unless you changed it |
| named | \`--config-file FILE\`, or the variable \`TRAE_CONFIG_FILE\`: read instead of the project's |

Two files for the same purpose in one folder are an error, since nobody could know which one you meant. JSON may have
comments and trailing commas. A file that is code is never run. The YAML form of the original Trae Agent (\`agents\`,
\`models\`, \`model_providers\`) is read as well; keys of parts that are not built yet are reported, never silently ignored.

## What outranks what

Value by value, the highest that says something wins:

1. a flag
2. the environment: \`<NAME>_API_KEY\` and \`<NAME>_BASE_URL\` serve the provider of that name, as in \`GROQ_API_KEY\`
3. \`.env\` beside the project's configuration, or in the workspace where there is none
4. the project's file, or the one that was named
5. your own file
6. a key stored with \`trae-cli login\`
7. the default

The provider is \`--provider\`, else \`default_provider\`, else the only entry of \`model_providers\`, else the first vendor
with a key.

## Variables

A text may hold \`\${NAME}\`, which is replaced from the environment, else from \`.env\`. A variable that is not set is an
error that names the line; an \`api_key\` whose variable is not set counts as no key. Placeholders such as
\`your-groq-api-key\` count as no key too.

## Trust

The configuration of a folder you have not trusted is read, but it may not

- send the requests for a vendor anywhere but to the vendor,
- have a server answer that is neither a vendor's nor on this machine: whoever answers decides which commands run,
- send a key or a header that is not its own to an address it names,
- read any variable but those of its own \`.env\`,
- widen what the agent may reach (\`allow_paths\`) or what commands may see (\`pass_env\`),
- name a proxy, the hosts that need none, or authorities to believe (\`proxy\`, \`no_proxy\`, \`ca_file\`),
- set parameters of requests (\`compatibility.set\`), keep \`store\` out of them, or say what a model costs (\`price\`),
- raise a budget of yours (\`max_cost\`, \`max_total_tokens\`); it may set a smaller one,
- be a link that leads out of its own folder.

What would send or read ends the run before its first request, with the file and the line; everything else is left
out, and said. \`trae-cli trust\` trusts a folder for good, \`--trust\` once, and a file named with \`--config-file\` is trusted,
with the \`.env\` beside it. Trust holds for that very folder, by its path: a repository cloned into it is not trusted, and
what a later \`git pull\` brings is.

Trust is about configuration. The commands of the agent run with your rights whatever you trust: they can read files of
yours, stored logins and the environment of other processes included. Keys are redacted from what they print before the
model or a file gets it, which stops accidents, not somebody who means harm. Run what you do not know in a container.

## Instructions for the model

\`AGENTS.md\`, or \`CLAUDE.md\` where there is none, and \`TRAE.md\` beside it are given to the model: those in
\`$XDG_CONFIG_HOME/trae-cli\` and in the workspace from the beginning, those of a folder below when a file in it is first
touched. They are words and widen nothing, but the model may do what they ask: read those of a repository you do not know. A
link that leads out of the workspace is not followed.
\`--system-prompt-file\` replaces the built-in system prompt, \`--append-system-prompt\` adds to it.
`;

const row = ({ key, type, default: fallback, description }: KeyReference, prefix: string): readonly string[] => [
  code(key.slice(prefix.length)),
  type,
  fallback ?? '',
  description,
];

const head = ['Key', 'What it takes', 'Default', 'What it does'];

const providerPrefix = 'model_providers.NAME.';
const modelPrefix = `${providerPrefix}models.MODEL.`;
const compatibilityPrefix = `${providerPrefix}compatibility.`;

const isBelow = ({ key }: KeyReference, prefix: string): boolean => key.startsWith(prefix);

const tableOf = (references: readonly KeyReference[], prefix: string): string =>
  table(
    head,
    references.map((reference) => row(reference, prefix)),
  );

/** An example of each key, which a test loads. */
function example(references: readonly KeyReference[], indent: string, prefix: string): string {
  return references.map(({ key, example: text }) => `${indent}"${key.slice(prefix.length)}": ${text}`).join(',\n');
}

export function configurationPage(): string {
  const all = configurationReference();
  const ofModel = all.filter((reference) => isBelow(reference, modelPrefix));
  const ofCompatibility = all.filter((reference) => isBelow(reference, compatibilityPrefix));
  const inner = [...ofModel, ...ofCompatibility];
  const ofProvider = all.filter((reference) => isBelow(reference, providerPrefix) && !inner.includes(reference));
  const general = all.filter((reference) => !isBelow(reference, providerPrefix));
  return [
    beginning,
    '## Keys\n',
    tableOf(general, ''),
    '',
    '## Keys of a provider\n',
    'Each entry of `model_providers` is a built-in vendor (see [providers.md](providers.md)) or a provider of your own under',
    'a name of your own. Every key may be left out.\n',
    tableOf(ofProvider, providerPrefix),
    '',
    '## Keys of a model\n',
    'Each entry of `models` is called as the model is, with every slash, colon and dot, and ranks above what the entry of the',
    'provider says of all its models. What a key holds otherwise is what the provider has for it.\n',
    tableOf(ofModel, modelPrefix),
    '',
    '## Keys of `compatibility`\n',
    'No file touches `model`, `messages`, `input`, `tools`, `system` or `stream`, which are the request itself; `set` may say',
    'that `stream` is true or false.\n',
    tableOf(ofCompatibility, compatibilityPrefix),
    '',
    '## Every key of a provider, once\n',
    '```json',
    `{\n  "model_providers": {\n    "my-server": {\n${example(ofProvider, '      ', providerPrefix)}\n    }\n  }\n}`,
    '```',
    '',
  ].join('\n');
}
