import { z } from 'zod';
import { compatibilityShape } from './compatibility-shape.js';
import { alternatives, keyWords } from './key-words.js';

const toolModes = ['native', 'prompted', 'auto'] as const;
const yesOrNo = 'true or false';
const dollars = z.number().min(0);

const contextWindow = z.object({ input: z.int().min(1), output: z.int().min(1).optional() });

const price = z.object({
  input: dollars,
  output: dollars,
  cache_read: dollars.optional(),
  cache_write: dollars.optional(),
});

/** What is said of one model, in an entry of `models`; all but `reasoning` is said of every model of a provider too. */
export const modelShape = {
  context_window: z.union([z.int().min(1), contextWindow]).register(keyWords, {
    accepts: 'a whole number of tokens, or {"input": tokens, "output": tokens}',
    description: "The size of the model's window, in tokens.",
    example: '{"input": 128000, "output": 8192}',
    default: 'what the service or the built-in table says of the model',
  }),
  multimodal: z.boolean().register(keyWords, {
    accepts: yesOrNo,
    description: 'Whether the model reads images.',
    example: 'false',
    default: 'what the built-in table says of the model',
  }),
  reasoning: z.boolean().register(keyWords, {
    accepts: yesOrNo,
    description: 'Whether the model can think before it answers.',
    example: 'true',
    default: 'what the service or the built-in table says of the model',
  }),
  tool_mode: z.enum(toolModes).register(keyWords, {
    accepts: alternatives(toolModes),
    description:
      'How the model asks for tools: "native" in the way of the protocol, "prompted" in the text of its answer, "auto" natively until it turns out that it cannot. "supports_tool_calling": false is read as "prompted".',
    example: '"auto"',
    default: 'auto',
    isText: true,
  }),
  price: price.register(keyWords, {
    accepts:
      '{"input": dollars, "output": dollars}, with "cache_read" and "cache_write" where they differ, each 0 or more',
    description:
      'What a million tokens cost, in US dollars. The file has to be trusted, because "max_cost" is reckoned with it.',
    example: '{"input": 0.15, "output": 0.6, "cache_read": 0.075}',
    default: 'what the built-in table says of the model',
  }),
  compatibility: z.object(compatibilityShape).partial().register(keyWords, {
    accepts: 'an object with keys such as "omit" and "rename"',
    description:
      'What the requests to this service have to be without, or have otherwise. `trae-cli doctor --fix` writes it.',
    example: '{"omit": ["parallel_tool_calls"]}',
    default: 'nothing',
  }),
} as const;

/** What the words of `context_window` and `price` call their keys. */
export const contextWindowKeys = Object.keys(contextWindow.shape);
export const priceKeys = Object.keys(price.shape);

/** What was said of one model, after `${NAME}` is replaced. */
export const modelValues = z.object(modelShape).partial();
