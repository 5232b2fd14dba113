import { tidyKey } from './tidy-key.js';

/** The beginnings that vendors give their keys, which examples keep: `sk-or-v1-`, `gsk_`. */
const prefix = '(?:(?:[a-z]{1,5}|v\\d)[-_]){0,3}';

const placeholderKeys: readonly RegExp[] = [
  // your-groq-api-key, sk-or-v1-your-key, YOUR_API_KEY, yourkey
  new RegExp(`^${prefix}your(?:[-_ ].*|api.*|key.*|token.*|secret.*)?$`, 'i'),
  // you_azure_api_key stands in the original's own example.
  new RegExp(`^${prefix}you[-_][a-z_-]*(?:key|token)$`, 'i'),
  new RegExp(`^${prefix}(?:change|replace|insert|paste|enter|put|add)(?:[-_ ][a-z]+)+$`, 'i'),
  new RegExp(`^${prefix}(?:change(?:me|it|this)|placeholder|api[-_ ]?key(?:[-_ ]here)?|key[-_ ]here)$`, 'i'),
  new RegExp(`^${prefix}x{3,}(?:[-_]x+)*$`, 'i'),
  // The name of the variable where its value was meant, expanded by nobody: OPENAI_API_KEY, $KEY, %KEY%, {{KEY}}, <KEY>
  /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*_(?:KEY|TOKEN)$/,
  /^\$[A-Za-z_]\w*$|^%\w+%$|^<[^>]*>$|^\{.*\}$|^\[.*\]$/s,
  // Shortened or masked: sk-…, sk-...abcd, ****
  /\.{3}|…|[*•]{3}/,
];

/** Nobody writes longer ones, and a pattern may take hours over a megabyte. */
const longest = 200;

/** Whether a key is one of those that examples hold to be replaced: `your-api-key`, `<KEY>`, `sk-…`, `changeme`. */
export function isPlaceholderKey(text: string): boolean {
  const { key } = tidyKey(text);
  return key.length <= longest && placeholderKeys.some((pattern) => pattern.test(key));
}

/** Whether an address is one of those that examples hold to be replaced: `your_azure_base_url`, `https://your-host/v1`. */
export const isPlaceholderAddress = (text: string): boolean =>
  /^\s*(?:https?:\/\/)?(?:your?[-_]|<|\{)/i.test(text) || /^\s*https?:\/\/[^/]*[<{]/i.test(text);

/** Whether a model is one of those that examples hold to be replaced: `model_name`, `your-model-name`. */
export const isPlaceholderModel = (text: string): boolean =>
  text.length <= longest && /^\s*(?:your?[-_].*|model[-_ ]?(?:name|id)|<[^>]*>)\s*$/i.test(text);
