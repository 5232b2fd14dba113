import { z } from 'zod';
import { lenient, stringsSchema, tokensSchema } from './lenient.js';

const text = lenient(z.string());
const bytes = lenient(z.number().nonnegative());
const tokens = lenient(tokensSchema);

const detailsSchema = lenient(
  z.looseObject({
    format: text,
    family: text,
    families: lenient(stringsSchema),
    parameter_size: text,
    quantization_level: text,
    context_length: tokens,
  }),
);

/** `completion`, `tools`, `vision`, `thinking`, `insert`, `embedding`. Absent on old servers, which is not "none". */
const capabilities = lenient(stringsSchema);

/** Models with what can be read of them; what has no name cannot be asked for. */
const namedOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.looseObject({
    models: z
      .array(z.unknown())
      .nullish()
      .transform((entries) =>
        (entries ?? []).flatMap((entry): z.output<Schema>[] => {
          const read = schema.safeParse(entry);
          return read.success ? [read.data] : [];
        }),
      ),
  });

const installedSchema = z.looseObject({
  /** With its tag, `:latest` where none was given. */
  name: z.string(),
  model: text,
  modified_at: text,
  size: bytes,
  digest: text,
  details: detailsSchema,
  capabilities,
  /** The model is not here but in the cloud. */
  remote_host: text,
});

/** `GET /api/tags`: what is installed. */
export const ollamaTagsSchema = namedOf(installedSchema);

const loadedSchema = z.looseObject({
  name: z.string(),
  model: text,
  size: bytes,
  size_vram: bytes,
  expires_at: text,
  /** The window that it really has, in tokens. */
  context_length: tokens,
});

/** `GET /api/ps`: what is loaded. */
export const ollamaLoadedSchema = namedOf(loadedSchema);

/** `POST /api/show`: one model. */
export const ollamaShowSchema = z.looseObject({
  capabilities,
  /** `general.architecture` names the model's kind, and `<kind>.context_length` is the window it was trained with. */
  model_info: lenient(z.record(z.string(), z.unknown())),
  /** Lines of text such as `num_ctx 8192`. */
  parameters: text,
  template: text,
  details: detailsSchema,
  /** The model is not here but in the cloud. */
  remote_host: text,
});

export const ollamaVersionSchema = z.looseObject({ version: z.string() });

export type OllamaInstalledModel = z.output<typeof installedSchema>;
export type OllamaLoadedModel = z.output<typeof loadedSchema>;
export type OllamaShow = z.output<typeof ollamaShowSchema>;
