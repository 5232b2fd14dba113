import type { ErrorCode } from '@trae-cli/protocol';
import type { ServerAnswer, ServerScript } from '@trae-cli/testkit';
import { done } from '../cli.js';
import { effect } from './effect.js';
import type { Fault } from './faults.js';
import type { Outcome } from './outcome.js';
import { type Perform, play } from './play.js';
import type { Wire } from './wire.js';

const call: ServerAnswer = { calls: [effect('called')] };
const finish: ServerAnswer = done('ok');

export const codeOf = ({ code, codes = {} }: Fault, { format }: Wire): ErrorCode => codes[format] ?? code;

/** Whether it can happen once only: a server that is not there cannot come up between two attempts that nobody sees. */
export const mayRecover = ({ isRetried, type }: Fault): boolean => isRetried && type !== 'refused';

/** How often it happens to a run: before a call and again behind it, or whatever is asked. */
export type Course = 'once' | 'always';

function scriptOf(course: Course, bad: ServerAnswer | undefined): ServerScript {
  const good = [call, finish];
  if (bad === undefined) return good;
  return course === 'always' ? () => bad : good.flatMap((answer) => [bad, answer]);
}

/** A run in one protocol to which this happens. */
export async function meet(fault: Fault, wire: Wire, course: Course, perform: Perform): Promise<Outcome> {
  const bad = fault.type === 'answer' ? await fault.answer(wire) : undefined;
  const isReset = (request: number): boolean => fault.type === 'reset' && (course === 'always' || request % 2 === 1);
  return play({ wire, script: scriptOf(course, bad), isReset, isDeserted: fault.type === 'refused' }, perform);
}
