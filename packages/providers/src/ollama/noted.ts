import type { Client } from '../transport/client.js';
import type { Counted } from './growth.js';

/** What is remembered of a model between turns. */
export type Noted = {
  /** It runs at the vendor's: nothing is loaded that could be asked about. */
  isRemote: boolean;
  /** The server is new enough to count every token of a prompt, those it had cached included. */
  countsEverything: boolean;
  /** The window that was asked for when the server was asked which one it has, and what it said. */
  loaded?: { readonly asked: number; readonly kept: number | undefined };
  /** The last request that the server has counted. */
  counted?: Counted;
};

const notes = new WeakMap<Client, Map<string, Noted>>();

/** The note about a model of the server behind the client, for as long as that lives. */
export function notedOf(client: Client, model: string): Noted {
  const models = notes.get(client) ?? new Map<string, Noted>();
  notes.set(client, models);
  const noted = models.get(model) ?? { isRemote: isCloudName(model), countsEverything: false };
  models.set(model, noted);
  return noted;
}

export const isCloudName = (model: string): boolean => /[-:]cloud$/i.test(model);
