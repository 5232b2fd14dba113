import { callsOf, type Message } from '@trae-cli/protocol';

/** Ids for calls that came without one: unique in the conversation, the same on a replay, and legal everywhere. */
export class CallNumbers {
  readonly #taken = new Set<string>();

  constructor(messages: readonly Message[]) {
    for (const message of messages)
      if (message.role === 'assistant') for (const { id } of callsOf(message)) this.#taken.add(id);
  }

  mint(): string {
    for (let number = this.#taken.size + 1; ; number += 1) {
      // Nine letters and digits: there is a service that takes nothing else.
      const id = `call${String(number).padStart(5, '0')}`;
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
  }
}
