import type { Message, ToolSpec } from '@trae-cli/protocol';
import { safeJson } from '../service/history.js';
import { remembered } from '../service/remembered.js';
import type { BodyContent, BodyFormat, Reader } from '../service/request-body.js';
import { inputItems, instructionsItem } from './input-items.js';

const wireTools = (tools: readonly ToolSpec[]): string =>
  tools.length === 0
    ? ''
    : `,"tools":${safeJson(
        tools.map(({ name, description, inputSchema }) => ({
          type: 'function',
          name,
          description,
          parameters: inputSchema,
          // What is not said is true here, and asks more of a schema than ours hold.
          strict: false,
        })),
      )}`;

const wireInstructions = (instructions: string): string =>
  instructions === '' ? '' : `,"instructions":${safeJson(instructions)}`;

const wireSystem = (instructions: string): string =>
  instructions === '' ? '' : safeJson(instructionsItem(instructions));

/** A request of Responses: what was said, thought, called and answered, as items of one list. */
export class ResponsesFormat implements BodyFormat {
  readonly #reader: Reader;
  readonly #instructions = remembered(wireInstructions);
  readonly #system = remembered(wireSystem);
  readonly #tools = remembered((...tools: readonly ToolSpec[]) => wireTools(tools));

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  head({ adaptations, instructions, parameters }: BodyContent): string {
    const { model = null } = parameters;
    // Turns are written anew when the head is another text, and without reasoning they are others.
    const start = `{${adaptations.includes('no_reasoning') ? ' ' : ''}"model":${JSON.stringify(model)}`;
    return adaptations.includes('system_role')
      ? `${start},"input":[${this.#system(instructions)}`
      : `${start}${this.#instructions(instructions)},"input":[`;
  }

  joinsTurn({ role }: Message): boolean {
    return role === 'tool';
  }

  turn(messages: readonly Message[], _place: unknown, { adaptations }: BodyContent): string {
    const options = { ...this.#reader, returnsReasoning: !adaptations.includes('no_reasoning') };
    return inputItems(messages, options).map(safeJson).join(',');
  }

  tail({ parameters, tools }: BodyContent): string {
    const { model: _model, ...others } = parameters;
    return `]${this.#tools(...tools)},${JSON.stringify(others).slice(1)}`;
  }
}
