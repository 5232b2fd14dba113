import { isJsonObject } from '@trae-cli/protocol';
import type { FindRepair } from '../service/find-repair.js';

/** `option "top_k" must be of type integer`. */
const refusedOption = /option "(\w+)" must be of type/i;

/** What only this protocol refuses: to think, and one option among those that are sent together. */
export const findRepair: FindRepair = ({ message, status }, { parameters }) => {
  if (status !== 400) return undefined;
  if (/does not support thinking/i.test(message) && 'think' in parameters) return { type: 'leave_out', name: 'think' };
  const refused = refusedOption.exec(message)?.[1];
  const options = parameters['options'];
  if (refused === undefined || !isJsonObject(options) || !(refused in options)) return undefined;
  const others = Object.fromEntries(Object.entries(options).filter(([name]) => name !== refused));
  return { type: 'set', name: 'options', value: others };
};
