import { formatCount } from '@trae-cli/protocol';
import type { RunParts } from './assemble.js';
import { findingNotices } from './configuration/finding-notices.js';
import type { RunFlags } from './flags/flags.js';
import type { RunIntroduction } from './output/run-output.js';

type Circumstances = {
  readonly flags: RunFlags;
  /** What was met while the task was read. */
  readonly notices: readonly string[];
};

function noticesOf({ choice, ground, model }: RunParts, { flags, notices: others }: Circumstances): readonly string[] {
  const { directory } = ground;
  const notices = [...findingNotices(ground), ...choice.notices, ...others];
  if (!directory.isWritable)
    notices.push(`${directory.root} is read-only for you: the agent can look, but not change anything.`);
  if (flags.consoleType === 'rich') notices.push('the rich console is not built yet; progress is printed plainly.');
  if (model.traits.contextWindow === null && choice.isLive) {
    const assumed = formatCount(model.traits.assumedContextWindow);
    notices.push(
      `the context window of ${choice.model} is not known; ${assumed} tokens are assumed. Say it with --context-window.`,
    );
  }
  return notices;
}

/** What people should know before the first step. */
export const introduce = (parts: RunParts, circumstances: Circumstances): RunIntroduction => ({
  provider: parts.choice.provider.id,
  model: parts.choice.model,
  root: parts.ground.directory.root,
  journalPath: parts.record.journalPath,
  chosenBecause: parts.choice.reason,
  notices: noticesOf(parts, circumstances),
});
