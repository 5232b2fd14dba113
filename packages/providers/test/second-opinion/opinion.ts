import { LLMock } from '@copilotkit/aimock';
import { type LLMProvider, type Model, Secret } from '@trae-cli/protocol';
import { createRegistry, customEntry, type ProviderSettings } from '@trae-cli/providers';
import { testClock } from '@trae-cli/testkit';
import { canaryKey, never } from '../conversation.js';

/** The protocols that this server speaks as their services do. What it makes of Ollama's is too far from the real one. */
export const formats = ['openai-chat', 'openai-responses', 'anthropic'] as const;

export type Format = (typeof formats)[number];

const pathOf: Readonly<Record<Format, string>> = { 'openai-chat': '/v1', 'openai-responses': '/v1', anthropic: '' };

/** A server that others have written, by their own reading of the protocols. */
export class Opinion implements AsyncDisposable {
  readonly mock = new LLMock({ port: 0, logLevel: 'silent', chunkSize: 5 });

  provider(format: Format, settings: ProviderSettings = {}): LLMProvider {
    const entry = customEntry('house', { apiFormat: format });
    const baseUrl = `${this.mock.url}${pathOf[format]}`;
    const apiKey = new Secret(canaryKey, 'test');
    const registry = createRegistry([entry], { clock: testClock(), random: () => 0.5 });
    return registry.provider(entry.id, { apiKey, baseUrl, maxRetries: 0, ...settings });
  }

  model(format: Format, settings?: ProviderSettings): Promise<Model> {
    return this.provider(format, settings).model('m', never);
  }

  /** How it has understood what it was asked last. */
  get understood() {
    const { body } = this.mock.getLastRequest() ?? {};
    return body === undefined || body === null || !('messages' in body) ? [] : (body.messages as readonly Understood[]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mock.stop();
  }
}

/** A message as the server tells it, whatever protocol it came in. */
export type Understood = {
  readonly role: string;
  readonly content?: unknown;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly arguments: string } }[];
  readonly tool_call_id?: string;
};

export async function opinion(prepare: (mock: LLMock) => unknown): Promise<Opinion> {
  const server = new Opinion();
  prepare(server.mock);
  await server.mock.start();
  return server;
}
