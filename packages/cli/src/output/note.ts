import { printable } from '@trae-cli/protocol';
import type { Paint } from './paint.js';

/** Something to know that stops nothing, as a line for people. */
export const noteLine = (message: string, paint: Paint): string => `${paint.strong('Note:')} ${printable(message)}`;
