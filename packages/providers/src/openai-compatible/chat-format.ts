import type { Message, ToolSpec } from '@trae-cli/protocol';
import { safeJson } from '../service/history.js';
import { remembered } from '../service/remembered.js';
import type { BodyContent, BodyFormat, Reader } from '../service/request-body.js';
import { encodeTurn } from './encode-message.js';

const wireTools = (tools: readonly ToolSpec[]): string =>
  tools.length === 0
    ? ''
    : `,"tools":${safeJson(
        tools.map(({ name, description, inputSchema }) => ({
          type: 'function',
          function: { name, description, parameters: inputSchema },
        })),
      )}`;

const systemMessage = (role: string, instructions: string): string =>
  instructions === '' ? '' : safeJson({ role, content: instructions });

/** A request of Chat Completions: the answers to calls stand behind the message that made them. */
export class ChatFormat implements BodyFormat {
  readonly #reader: Reader;
  readonly #system = remembered(systemMessage);
  readonly #tools = remembered((...tools: readonly ToolSpec[]) => wireTools(tools));

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  head({ adaptations, instructions, parameters }: BodyContent): string {
    const role = adaptations.includes('system_role') ? 'system' : 'developer';
    const { model = null } = parameters;
    return `{"model":${JSON.stringify(model)},"messages":[${this.#system(role, instructions)}`;
  }

  joinsTurn({ role }: Message): boolean {
    return role === 'tool';
  }

  turn(messages: readonly Message[]): string {
    return encodeTurn(messages, this.#reader);
  }

  tail({ parameters, tools }: BodyContent): string {
    const { model: _model, ...others } = parameters;
    return `]${this.#tools(...tools)},${JSON.stringify(others).slice(1)}`;
  }
}
