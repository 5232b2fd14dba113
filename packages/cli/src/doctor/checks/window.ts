import { formatCount, TraeError } from '@trae-cli/protocol';
import { type Check, failed, type Known, ok, skipped, type Verdict, warning } from '../check.js';
import { knownWindow, type KnownWindow } from '../known-window.js';
import { leastPromptTokens } from '../least-prompt.js';
import { modelNameOf, type Patient } from '../patient.js';

/** Of the window; what is left is kept for the answer. */
const mostOfWindow = 0.85;
/** An agent reads files: below so many times the prompt it forgets them at once. */
const comfortable = 4;

const tokens = (count: number): string => `${formatCount(count)} tokens`;

function tooSmall({ source, isSaid }: KnownWindow, size: number, prompt: number): Verdict {
  const says = `The window of ${tokens(size)} (${source}) is too small: the instructions and tools of a run alone take about ${tokens(prompt)}.`;
  const hint = isSaid
    ? 'Correct or remove context_window, or choose a model with a larger window with --model.'
    : 'Choose a model with a larger window with --model, or correct it with context_window.';
  return failed(new TraeError(isSaid ? 'config_invalid' : 'context_overflow', says, { hint }));
}

function judgeAssumed(size: number, place: string, listed: number | undefined): Verdict {
  const says = `nobody says: ${tokens(size)} are assumed`;
  if (listed === undefined)
    return warning(says, `Set context_window, in tokens, under ${place}: old output is then shortened in time.`);
  return warning(
    says,
    `Set context_window under ${place} to ${listed}: the service lists it, and a run does not ask; \`trae-cli doctor --fix\` does it.`,
  );
}

function judge(patient: Patient, known: Known, prompt: number): Verdict {
  const name = known.model?.ref.model ?? modelNameOf(patient);
  if (name === undefined) return skipped('no model was named, so nothing is known of its window');
  const found = knownWindow(name, patient, known);
  const { listed, source, window: size } = found;
  if (size === null) return skipped('not known here, and the service was not asked');
  if (found.isAssumed) return judgeAssumed(size, `model_providers.${patient.planned.entry.id}.models.${name}`, listed);
  if (prompt > size * mostOfWindow) return tooSmall(found, size, prompt);
  const says = `${tokens(size)}, from ${source}`;
  if (size >= prompt * comfortable) return ok(says);
  return warning(
    `${says}. That is little: instructions and tools take about ${tokens(prompt)} of it`,
    'Choose a model with a larger window, or raise context_window if the server can.',
  );
}

export const window: Check = {
  id: 'window',
  needs: ['provider'],
  sends: false,
  limitMs: 20_000,
  run: async (patient, known) => ({ verdict: judge(patient, known, await leastPromptTokens(patient)) }),
};
