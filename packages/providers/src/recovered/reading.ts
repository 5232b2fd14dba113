import type { JsonObject, ToolSpec } from '@trae-cli/protocol';
import type { KnownTools } from './known-tools.js';

/** A call as a model wrote it into its text. */
export type SpokenCall = {
  /** The name of the tool; as the model wrote it where there is no such tool. */
  readonly name: string;
  readonly arguments: JsonObject;
  /** Undefined where there is no such tool. */
  readonly spec: ToolSpec | undefined;
  /** Parameters that the tool has not, left out. */
  readonly ignored: readonly string[];
};

/** What was made of a text that begins like a call; `end` is the place behind it. */
export type Reading =
  | {
      readonly type: 'calls';
      readonly calls: readonly SpokenCall[];
      readonly end: number;
      /** Its own end was seen, so that nothing of it can be missing. */
      readonly isClosed: boolean;
    }
  /** A call was meant, and cannot be read. */
  | { readonly type: 'broken'; readonly name: string; readonly problem: string; readonly end: number };

export type Source = { readonly text: string; readonly tools: KnownTools };
