import { z } from 'zod';
import { keepAliveSchema } from './keep-alive.js';
import { alternatives, keyWords } from './key-words.js';
import { modelShape } from './model-shape.js';
import { timeoutSchema } from './timeout.js';

const formats = ['openai-chat', 'openai-responses', 'anthropic', 'ollama'] as const;
const keyForms = ['bearer', 'x-api-key'] as const;
const tiers = ['free'] as const;
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
const yesOrNo = 'true or false';
const count = 'a whole number, 1 or more';

/** The keys of an entry in `model_providers`, in the order they are told. */
export const providerShape = {
  provider: z.string().register(keyWords, {
    accepts: 'the name of a built-in vendor, as text',
    description: 'The built-in vendor that this entry is a variant of, where the name of the entry is your own.',
    example: '"groq"',
    default: 'the vendor that the entry is named for, if there is one',
    isText: true,
  }),
  api_key: z.string().register(keyWords, {
    accepts: 'a text',
    description:
      "The key. Better kept in the environment: the vendor's own variable is found by itself, and any other is written ${NAME}.",
    example: '"${GROQ_API_KEY}"',
    default: "the vendor's own variable, then the key that `trae-cli login` stored",
    isSecret: true,
    isText: true,
  }),
  auth: z.enum(keyForms).register(keyWords, {
    accepts: alternatives(keyForms),
    description: 'How the key is sent: as a bearer token, or in the header x-api-key.',
    example: '"bearer"',
    default: "the vendor's own",
    isText: true,
  }),
  base_url: z.string().register(keyWords, {
    accepts: 'an address, as text',
    description: 'The address that paths such as /chat/completions are appended to. A name of your own needs one.',
    example: '"https://api.groq.com/openai/v1"',
    default: "the vendor's own address",
    isSecret: true,
    isText: true,
  }),
  full_url: z.boolean().register(keyWords, {
    accepts: yesOrNo,
    description: 'Whether "base_url" is the whole address, to which nothing is appended.',
    example: 'false',
    default: 'false',
  }),
  api_format: z.enum(formats).register(keyWords, {
    accepts: alternatives(formats),
    description: 'The protocol that the service speaks.',
    example: '"openai-chat"',
    default: "the vendor's own, else openai-chat",
    isText: true,
  }),
  model: z.string().register(keyWords, {
    accepts: 'the name of a model, as text',
    description: 'The model. --model ranks above it.',
    example: '"openai/gpt-oss-120b"',
    default: "the vendor's default, else the only model that the server offers",
    isText: true,
  }),
  display_name: z.string().register(keyWords, {
    accepts: 'a text',
    description: 'What the provider is called on the screen.',
    example: '"Groq at work"',
    default: 'its name',
    isText: true,
  }),
  max_tokens: z.int().min(1).register(keyWords, {
    accepts: count,
    description: 'How many tokens one answer may have at most. "max_completion_tokens" is read as the same.',
    example: '4096',
    default: "the service's own limit",
  }),
  temperature: z.number().min(0).max(2).register(keyWords, {
    accepts: 'a number from 0 to 2',
    description: 'How freely the model chooses its words.',
    example: '0.5',
    default: "the service's own",
  }),
  top_p: z.number().min(0).max(1).register(keyWords, {
    accepts: 'a number from 0 to 1',
    description: 'The share of the likeliest words that the model chooses from.',
    example: '1',
    default: "the service's own",
  }),
  top_k: z.int().min(0).register(keyWords, {
    accepts: 'a whole number, 0 or more',
    description: 'How many of the likeliest words the model chooses from. 0 says nothing and is not sent.',
    example: '40',
    default: "the service's own",
  }),
  reasoning_effort: z.enum(efforts).register(keyWords, {
    accepts: alternatives(efforts),
    description: 'How much a reasoning model thinks. --reasoning-effort ranks above it.',
    example: '"medium"',
    default: "the model's own",
    isText: true,
  }),
  parallel_tool_calls: z.boolean().register(keyWords, {
    accepts: yesOrNo,
    description: 'Whether the model may ask for several tools in one answer.',
    example: 'true',
    default: "the service's own",
  }),
  stream: z.boolean().register(keyWords, {
    accepts: yesOrNo,
    description: 'Whether answers are read while they are written.',
    example: 'true',
    default: 'true',
  }),
  max_retries: z.int().min(0).register(keyWords, {
    accepts: 'a whole number, 0 or more',
    description: 'How many times a request that failed is repeated, where repeating can help.',
    example: '10',
    default: '10',
  }),
  timeout: timeoutSchema.register(keyWords, {
    accepts: 'a number of seconds, or a text such as "90s", "10m" or "1h", up to 24 hours',
    description: 'How long the service may stay silent.',
    example: '"10m"',
    default: 'longer for a server on this machine than for one elsewhere',
    isText: true,
  }),
  context_window: modelShape.context_window,
  multimodal: modelShape.multimodal,
  tool_mode: modelShape.tool_mode,
  max_steps: z.int().min(1).register(keyWords, {
    accepts: count,
    description:
      'How many times the model may be asked in one run with this provider. Ranks above the "max_steps" at the top of the file; --max-steps ranks above both.',
    example: '200',
    default: 'that at the top of the file',
  }),
  tier: z.enum(tiers).register(keyWords, {
    accepts: alternatives(tiers),
    description: "Keeps to the limits of the vendor's free tier.",
    example: '"free"',
    default: 'as many requests as there are',
    isText: true,
  }),
  requests_per_minute: z.int().min(1).register(keyWords, {
    accepts: count,
    description: 'How many requests are sent in a minute at most; what comes on top of them waits.',
    example: '30',
    default: 'as many as there are, or those of "tier"',
  }),
  tokens_per_minute: z.int().min(1).register(keyWords, {
    accepts: count,
    description: 'How many tokens are sent in a minute at most; what comes on top of them waits.',
    example: '60000',
    default: 'as many as there are, or those of "tier"',
  }),
  keep_alive: keepAliveSchema.register(keyWords, {
    accepts: 'a text such as "30m" or "1h30m", or a number of seconds, where -1 is for ever',
    description: 'How long an Ollama server keeps the model loaded after an answer.',
    example: '"30m"',
    default: "the server's own",
    isText: true,
  }),
  price: modelShape.price,
  headers: z.record(z.string(), z.string()).register(keyWords, {
    accepts: 'an object whose values are texts',
    description:
      'Headers sent with every request. Those that say where a request goes or how it is framed, such as Host, are refused.',
    example: '{"X-Title": "My agent"}',
    default: "the vendor's own",
    isSecret: true,
    isText: true,
  }),
  compatibility: modelShape.compatibility,
  models: z.record(z.string(), z.object(modelShape).partial()).register(keyWords, {
    accepts: 'an object that has an entry for each model',
    description: 'What holds for one model, by its whole name; it ranks above what is said of all models of the entry.',
    example: '{"openai/gpt-oss-120b": {"context_window": 131072, "reasoning": true}}',
    default: 'what is said of all of them',
  }),
} as const;

/** One entry, after `${NAME}` is replaced: what a text may hold is only known then. */
export const providerValues = z.object(providerShape).partial();
