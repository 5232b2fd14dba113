import { z } from 'zod';

/** As Ollama reads it: durations of Go, or seconds; -1 is for ever. */
export const keepAliveSchema = z.union([
  z.number().refine((seconds) => seconds === -1 || seconds >= 0),
  z.string().regex(/^\s*(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+\s*$/),
]);
