import type { z } from 'zod';
import { compatibilityShape } from './compatibility-shape.js';
import { generalShape } from './general-shape.js';
import { wordsOf } from './key-words.js';
import { modelShape } from './model-shape.js';
import { providerShape } from './provider-shape.js';

/** One key, for people. */
export type KeyReference = {
  /** `max_steps`, `model_providers.NAME.model`, or `model_providers.NAME.models.MODEL.price`. */
  readonly key: string;
  /** What it takes, in words. */
  readonly type: string;
  /** What holds where nobody says anything, in words. */
  readonly default?: string;
  readonly description: string;
  /** As JSON. */
  readonly example: string;
};

function referencesOf(shape: Readonly<Record<string, z.ZodType>>, prefix: string): readonly KeyReference[] {
  return Object.entries(shape).map(([key, schema]) => {
    const words = wordsOf(schema);
    return {
      key: `${prefix}${key}`,
      type: words.accepts,
      ...(words.default === undefined ? {} : { default: words.default }),
      description: words.description,
      example: words.example,
    };
  });
}

const providers: KeyReference = {
  key: 'model_providers',
  type: 'an object that has an entry for each provider',
  default: 'none: built-in vendors need no entry',
  description:
    'An entry for each provider that is set up: a built-in vendor, or a service of your own under a name of your own.',
  example: '{"my-server": {"base_url": "http://localhost:8000/v1", "model": "qwen3.5"}}',
};

/** Every key of the configuration, in the order it is told; `docs/configuration.md` is made of it. */
export const configurationReference = (): readonly KeyReference[] => [
  ...referencesOf(generalShape, ''),
  providers,
  ...referencesOf(providerShape, 'model_providers.NAME.'),
  ...referencesOf(modelShape, 'model_providers.NAME.models.MODEL.'),
  ...referencesOf(compatibilityShape, 'model_providers.NAME.compatibility.'),
];
