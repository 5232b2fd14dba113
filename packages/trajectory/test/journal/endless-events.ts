import { type AgentEvent, userMessage } from '@trae-cli/protocol';
import { commandStep, messageAdded, runStarted } from '../sample-run.js';

/** A run that never ends, the same in every process. */
export function* endlessEvents(): Generator<AgentEvent, never> {
  yield runStarted('Go on for ever.');
  yield messageAdded(0, userMessage('Go on for ever.'));
  for (let step = 1; ; step += 1) yield* commandStep(step, { command: `echo ${step}`, output: 'x'.repeat(5_000) });
}
