import type { Price } from '@trae-cli/protocol';
import { pricesAsOf, type ProviderReference, providerReference } from '@trae-cli/providers';
import { conformanceTable } from './conformance.js';
import { code, codes, table } from './markdown.js';

const beginning = `# Providers

<!-- Generated from the catalog by \`npm run docs\`; a test compares the two. -->

Set a key, or store it with \`trae-cli login NAME\`, and run. Models, limits and free tiers are as of November 2026; vendors
change them at will. Prices are US dollars for a million tokens, in and out, as of ${pricesAsOf}; \`+\` is more for a long input.
Any model id is passed on as it is, whether it stands here or not. Tools "in text": the model writes its calls into its answer.

\`trae-cli providers\` lists these with the state of their keys, \`trae-cli models NAME\` what a service offers, and
\`trae-cli doctor NAME\` makes a real call with tools and says what works.
`;

const ending = `## A provider of your own

Any other name under \`model_providers\` is a provider that speaks the OpenAI protocol (Chat Completions), or the one that
\`api_format\` names: \`openai-chat\`, \`openai-responses\`, \`anthropic\` or \`ollama\`. It needs its address and no code:

\`\`\`json
{
  "default_provider": "house",
  "model_providers": {
    "house": { "base_url": "https://llm.example.com/v1", "model": "qwen3-coder" }
  }
}
\`\`\`

Its key is \`HOUSE_API_KEY\`, \`api_key\` in the file, or a login; a server that wants none needs none. \`"provider": "groq"\`
beside it makes it a variant of a vendor: the same address and ways, another key. For LiteLLM, vLLM, llama.cpp and LM Studio
the address ends in \`/v1\`, and where the server offers one model only, \`model\` may be left out.

In a project's file, a key of yours goes to that address only after \`trae-cli trust\`; in your own file, in
\`~/.config/trae-cli\`, at once. \`trae-cli init --user\` writes that one.

## What is proven

Numbers are those of the conformance cases: tests over real sockets, each with its number in its title
(\`npx vitest run packages/providers -t "case 47:"\`).

${conformanceTable()}

## A new vendor in the catalog

A vendor is data: its address, the variable of its key, its dialect, and what is known of its models. Ten lines are enough,
and [examples/add-a-provider.ts](../examples/add-a-provider.ts) runs them against a server. Then it becomes one more file of
\`packages/providers/src/catalog\`, and one recorded exchange in the tests.

\`\`\`ts
const acme: CatalogEntry = {
  id: 'acme',
  displayName: 'Acme',
  apiFormat: 'openai-chat',
  baseUrl: 'https://api.acme.example/v1',
  keyVariables: ['ACME_API_KEY'],
  keyRequired: true,
  baseUrlVariables: ['ACME_BASE_URL'],
  defaultModel: 'acme-coder',
  dialect: plainDialect,
  models: [{ pattern: /^acme-coder$/, contextWindow: 200_000, maxOutput: 32_000 }],
};
\`\`\`
`;

const tokens = (count: number | undefined): string => (count === undefined ? '' : count.toLocaleString('en-US'));

/** US dollars for a million tokens, in and out; `+`: more for a long input. */
function priceOf(price: Price | undefined): string {
  if (price === undefined) return '';
  if (price.input === 0 && price.output === 0) return 'free';
  return `$${price.input} / $${price.output}${price.tiers === undefined ? '' : ' +'}`;
}

function modelTable({ models, defaultModel }: ProviderReference): string {
  const rows = models.map(({ id, contextWindow, maxOutput, images, notice, price, tools }) => [
    `${code(id)}${id === defaultModel ? ' (default)' : ''}`,
    tokens(contextWindow),
    tokens(maxOutput),
    images ? 'yes' : '',
    tools ? '' : 'in text',
    priceOf(price),
    notice === undefined ? '' : notice.slice(id.length).trim(),
  ]);
  return rows.length === 0
    ? ''
    : `\n${table(['Model', 'Window', 'Output', 'Images', 'Tools', 'Price', 'Note'], rows)}\n`;
}

function facts(entry: ProviderReference): readonly string[] {
  const link = (label: string, url: string | undefined) => (url === undefined ? [] : [`- ${label}: <${url}>`]);
  const said = (label: string, text: string | undefined) => (text === undefined ? [] : [`- ${label}: ${text}`]);
  return [
    `- Name: ${codes([entry.id, ...entry.aliases])}`,
    `- Address: ${entry.baseUrl === undefined ? `your own${entry.addressExample === undefined ? '' : `, such as ${code(entry.addressExample)}`}` : code(entry.baseUrl)}, or ${codes(entry.baseUrlVariables)}`,
    `- Key: ${codes(entry.keyVariables)}${entry.keyRequired ? '' : ', if the server wants one'}`,
    ...said('Free', entry.freeTier),
    ...said('Limits', entry.rateLimit),
    ...link('Keys are made at', entry.keyUrl),
    ...link('Site', entry.websiteUrl),
    ...link('Documentation', entry.docsUrl),
    ...entry.notes.map((note) => `- ${note}`),
  ];
}

const section = (entry: ProviderReference): string =>
  `## ${entry.displayName}\n\n${facts(entry).join('\n')}\n${modelTable(entry)}`;

export const providersPage = (): string => [beginning, ...providerReference().map(section), ending].join('\n');
