import { TraeError } from '@trae-cli/protocol';

/** What people ask for by a name of its own and what cannot be spoken yet. */
type NotBuiltYet = {
  readonly displayName: string;
  /** What works today, in whole sentences. */
  readonly instead: string;
};

const claude: NotBuiltYet = {
  displayName: 'the Messages API of Anthropic',
  instead:
    'The same models answer through OpenRouter today: --provider openrouter --model anthropic/claude-sonnet-5.5, with OPENROUTER_API_KEY.',
};

const ollama: NotBuiltYet = {
  displayName: "Ollama's own API",
  instead:
    'Its OpenAI-compatible endpoint works today: --provider openai_compatible --model-base-url http://localhost:11434/v1 --model NAME.',
};

const responses: NotBuiltYet = {
  displayName: 'the Responses API of OpenAI',
  instead: 'Chat Completions work today: leave api_format out, or set it to openai-chat.',
};

const providers: ReadonlyMap<string, NotBuiltYet> = new Map([
  ['anthropic', claude],
  ['ollama', ollama],
]);

const apiFormats: ReadonlyMap<string, NotBuiltYet> = new Map([
  ['anthropic', claude],
  ['ollama', ollama],
  ['openai-responses', responses],
]);

const refusal = (asked: string, { displayName, instead }: NotBuiltYet): TraeError =>
  new TraeError('config_invalid', `${asked} needs ${displayName}, which is not built yet.`, { hint: instead });

/** Why this provider cannot be had yet; undefined for every other name. */
export function unbuiltProvider(name: string): TraeError | undefined {
  const missing = providers.get(name);
  return missing === undefined ? undefined : refusal(`The provider "${name}"`, missing);
}

/** Why this `api_format` cannot be had yet; undefined for `openai-chat` and for words that are no format. */
export function unbuiltApiFormat(format: string, provider: string): TraeError | undefined {
  const missing = apiFormats.get(format);
  return missing === undefined ? undefined : refusal(`api_format "${format}" of model_providers.${provider}`, missing);
}
