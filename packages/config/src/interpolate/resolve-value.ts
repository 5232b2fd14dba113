import { type JsonValue, TraeError } from '@trae-cli/protocol';
import type { z } from 'zod';
import { describeSource, oneLine } from '../describe-source.js';
import { generalShape } from '../schema/general-shape.js';
import { holdsAddress, isSendable } from '../schema/header-rules.js';
import { wordsOf } from '../schema/key-words.js';
import { modelShape } from '../schema/model-shape.js';
import { providerShape } from '../schema/provider-shape.js';
import type { WrittenLeaf } from '../schema/written-leaf.js';
import { trustAdvice } from '../trust-advice.js';
import { requireText, type Resolver } from './resolve-text.js';
import { hasReference } from './template.js';

const shapes: Readonly<Record<'general' | 'provider' | 'model', Readonly<Record<string, z.ZodType>>>> = {
  general: generalShape,
  provider: providerShape,
  model: modelShape,
};

function schemaAt([top = '', , key = '', , inner = '']: readonly string[]): z.ZodType | undefined {
  if (top !== 'model_providers') return shapes.general[top];
  return key === 'models' ? shapes.model[inner] : shapes.provider[key];
}

/** A header is only known when its variables are: what it may not hold as it is, it may not hold through them. */
function checkedHeader(text: string, { path, source }: WrittenLeaf, saying: string): string {
  if (!source.file.isTrusted && holdsAddress(path[3] ?? '', text))
    throw new TraeError('untrusted', `${saying} a gateway might take for an address, and its folder is not trusted.`, {
      hint: trustAdvice(source.file, false),
    });
  if (isSendable(text)) return text;
  throw new TraeError('config_invalid', `${saying} has a character in it that no header can carry.`, {
    hint: 'Set the variable anew, on one line.',
  });
}

/** Parameters go out as they stand there, white space included. */
function resolveInside(value: JsonValue, leaf: WrittenLeaf, resolver: Resolver): JsonValue {
  if (typeof value === 'string') return hasReference(value) ? requireText(value, leaf, resolver) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => resolveInside(item, leaf, resolver));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, JsonValue]) => [key, resolveInside(inner, leaf, resolver)]),
  );
}

/**
 * A leaf's value with its variables replaced, of the type that its key takes. Throws `untrusted` for a variable that the
 * file may not read, and `config_invalid` for one that is not set or holds what the key does not take.
 */
export function resolveValue(leaf: WrittenLeaf, resolver: Resolver): JsonValue {
  const { path, source, value, writtenKey } = leaf;
  if (path.includes('compatibility', 2)) return resolveInside(value, leaf, resolver);
  if (Array.isArray(value)) return value.map((item: JsonValue) => resolveValue({ ...leaf, value: item }, resolver));
  if (typeof value !== 'string') return value;
  if (!hasReference(value)) return value.trim();
  const text = requireText(value, leaf, resolver).trim();
  const place = `"${writtenKey}" (${describeSource(source, { relativeTo: resolver.relativeTo })})`;
  const says = `says "${oneLine(value, 60)}", and what that stands for`;
  if (path[0] === 'model_providers' && path[2] === 'headers') return checkedHeader(text, leaf, `${place} ${says}`);
  const schema = schemaAt(path);
  if (schema === undefined || isTaken(schema, text)) return text;
  throw new TraeError('config_invalid', `${place} must be ${wordsOf(schema).accepts}; it ${says} is none.`, {
    hint: 'Set the variable to one of them, or write the value there.',
  });
}

/** By itself, or as an item of the list that its key takes. */
const isTaken = (schema: z.ZodType, text: string): boolean =>
  schema.safeParse(text).success || schema.safeParse([text]).success;
