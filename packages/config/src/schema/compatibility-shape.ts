import { z } from 'zod';
import { keyWords } from './key-words.js';

const parameter = z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/);

/** The keys of `compatibility`. Which words `adapt` knows is the business of whoever speaks the protocol. */
export const compatibilityShape = {
  omit: z.array(parameter).register(keyWords, {
    accepts: 'a list of names of parameters',
    description: 'Parameters that are not sent.',
    example: '["parallel_tool_calls", "stream_options"]',
    default: 'none',
  }),
  rename: z.record(z.string(), parameter).register(keyWords, {
    accepts: 'an object whose keys and values are names of parameters',
    description: 'Parameters that are sent by another name.',
    example: '{"max_completion_tokens": "max_tokens"}',
    default: 'none',
  }),
  set: z.record(z.string(), z.json()).register(keyWords, {
    accepts: 'an object whose keys are names of parameters',
    description: 'Parameters that are sent with this value. The file has to be trusted.',
    example: '{"reasoning_effort": "none"}',
    default: 'none',
  }),
  adapt: z.array(z.string().regex(/^[a-z][a-z\d]*(?:[ _-][a-z\d]+)*$/)).register(keyWords, {
    accepts: 'a list of words in small letters',
    description:
      'What is done differently at this service: system_role, no_reasoning, no_cache_marks, other_key_header, opens_in_thought (answers begin inside a thought), no_finish_reason (answers may end without one).',
    example: '["system_role"]',
    default: 'none',
  }),
} as const;
