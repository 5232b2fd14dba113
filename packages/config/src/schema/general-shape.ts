import { z } from 'zod';
import { keyWords } from './key-words.js';
import { isProxyAddress } from './proxy-address.js';

const names = () => z.array(z.string().min(1));

/** The keys at the top of a file, in the order they are told. */
export const generalShape = {
  default_provider: z.string().register(keyWords, {
    accepts: 'the name of a provider, as text',
    description:
      'The provider to use where --provider does not name one: a built-in vendor, or a name in "model_providers".',
    example: '"groq"',
    default: 'the only entry of "model_providers", else the first vendor whose key is set',
    isText: true,
  }),
  max_steps: z.int().min(1).register(keyWords, {
    accepts: 'a whole number, 1 or more',
    description: 'How many times the model may be asked in one run. --max-steps ranks above it.',
    example: '200',
    default: '200',
  }),
  max_cost: z.number().gt(0).register(keyWords, {
    accepts: 'a number of US dollars, more than 0',
    description:
      'What one run may cost, as far as prices are known; it ends when that is reached. --max-cost ranks above it.',
    example: '2.5',
    default: 'as much as it costs',
  }),
  max_total_tokens: z.int().min(1).register(keyWords, {
    accepts: 'a whole number, 1 or more',
    description:
      'How many tokens one run may use, those that are sent and those that are answered; it ends when that is reached. --max-total-tokens ranks above it.',
    example: '2000000',
    default: 'as many as it takes',
  }),
  tools: names().register(keyWords, {
    accepts: 'a list of names of tools',
    description: 'The only tools that the model is offered. `trae-cli tools` shows their names.',
    example: '["bash", "str_replace_based_edit_tool", "task_done"]',
    default: 'all of them',
    isText: true,
  }),
  disallowed_tools: names().register(keyWords, {
    accepts: 'a list of names of tools',
    description: 'Tools that the model is not offered, even where "tools" names them.',
    example: '["bash"]',
    default: 'none',
    isText: true,
  }),
  allow_paths: names().register(keyWords, {
    accepts: 'a list of directories',
    description:
      'Directories beside the workspace that the edit tools may reach too, relative to the file; "~" is the home directory. The file has to be trusted.',
    example: '["../shared-library"]',
    default: 'none',
    isText: true,
  }),
  pass_env: z.array(z.string().regex(/^[A-Za-z_]\w*$/)).register(keyWords, {
    accepts: 'a list of names of variables',
    description:
      'Variables that hold a key and that commands may see all the same; other keys are kept from them. The file has to be trusted.',
    example: '["OPENAI_API_KEY"]',
    default: 'none',
  }),
  proxy: z.string().refine(isProxyAddress).register(keyWords, {
    accepts: 'an address such as "http://proxy:3128", as text',
    description: 'The proxy that requests go through; those to this machine never do. The file has to be trusted.',
    example: '"http://proxy.example:3128"',
    default: 'HTTPS_PROXY and HTTP_PROXY of the environment',
    isSecret: true,
    isText: true,
  }),
  no_proxy: z.union([z.string(), names()]).register(keyWords, {
    accepts: 'a list of hosts, or a text with commas between them',
    description: 'Hosts that no proxy is used for; "*" is all of them. The file has to be trusted.',
    example: '["intern.example", ".corp.example"]',
    default: 'NO_PROXY of the environment',
    isText: true,
  }),
  ca_file: z.string().register(keyWords, {
    accepts: 'the path of a file, as text',
    description:
      'Certificates of authorities to trust beside the usual ones, as PEM, relative to the file; "~" is the home directory. The file has to be trusted.',
    example: '"certificates/company.pem"',
    default: 'none',
    isText: true,
  }),
} as const;

export type GeneralKey = keyof typeof generalShape;

/** The values of a file at its top, after `${NAME}` is replaced. */
export const generalValues = z.object(generalShape).partial();
