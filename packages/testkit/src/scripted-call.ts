import { isJsonObject, type JsonObject, type JsonValue } from '@trae-cli/protocol';

/** A tool call as a test writes it down: an object is sent as its JSON, a string as it is, valid or not. */
export type ScriptedCall = {
  readonly name: string;
  readonly arguments?: JsonObject | string;
  /** Default: `call_1`, `call_2`, … over the whole script. */
  readonly id?: string;
};

export const argumentsOf = (call: ScriptedCall): string =>
  typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {});

/** For protocols in which arguments are an object; undefined where they are none. */
export function argumentsObject(call: ScriptedCall): JsonObject | undefined {
  try {
    const value = JSON.parse(argumentsOf(call)) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Text in the pieces a model would say it in: word by word, nothing lost. */
export const piecesOf = (text: string): readonly string[] => text.match(/\s*\S+\s*|\s+/g) ?? [];
