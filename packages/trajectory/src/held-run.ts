import { type Message, TraeError } from '@trae-cli/protocol';

/** Thousands of steps take a tenth of it. */
const mostMebicharacters = 256;

/** What a message takes beside its text, about: a file of empty ones has an end, too. */
const charactersOfMessage = 200;

function charactersIn({ content }: Message): number {
  let characters = charactersOfMessage;
  for (const part of content) {
    if (part.type === 'tool_call') characters += part.arguments.length;
    else characters += part.type === 'image' ? part.base64.length : part.text.length;
  }
  return characters;
}

/** Measures a recorded run that has to be held in memory, and refuses, with a `usage` error, one that is too large. */
export class HeldRun {
  readonly #purpose: string;
  #characters = 0;

  /** `purpose` completes "too many …". */
  constructor(purpose: string) {
    this.#purpose = purpose;
  }

  add(message: Message): void {
    this.#characters += charactersIn(message);
    if (this.#characters <= mostMebicharacters * 1024 * 1024) return;
    const problem = `more than ${mostMebicharacters} million characters: too many ${this.#purpose}`;
    throw new TraeError('usage', `The recorded run has ${problem}.`, { hint: 'Name the journal of a shorter run.' });
  }
}
