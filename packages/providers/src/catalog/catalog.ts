import type { CatalogEntry } from '../entry.js';
import { alibaba } from './alibaba.js';
import { anthropic } from './anthropic.js';
import { azure } from './azure.js';
import { deepseek } from './deepseek.js';
import { doubao } from './doubao.js';
import { google } from './google.js';
import { groq } from './groq.js';
import { novita } from './novita.js';
import { ollama } from './ollama.js';
import { openai } from './openai.js';
import { openaiCompatible } from './openai-compatible.js';
import { openrouter } from './openrouter.js';
import { together } from './together.js';

/** The built-in vendors. The order decides who is asked when nobody is named. */
export const catalog: readonly CatalogEntry[] = [
  openai,
  anthropic,
  openrouter,
  together,
  groq,
  deepseek,
  alibaba,
  novita,
  google,
  azure,
  doubao,
  ollama,
  openaiCompatible,
];
