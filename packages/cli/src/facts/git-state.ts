import type { GitFacts } from '@trae-cli/agent';
import type { RunProgram } from './program.js';

const gitTimeoutMs = 3000;
const tooSlow = `(git status took longer than ${gitTimeoutMs / 1000} s)`;

/** `## main...origin/main [ahead 1]`, `## No commits yet on main`, `## HEAD (no branch)` */
function branchIn(header: string): string | null {
  const [, name] = /^## (?:No commits yet on )?(.+?)(?:\.\.\.|$)/.exec(header) ?? [];
  return name === undefined || name.startsWith('HEAD (no branch') ? null : name;
}

/** The branch and what is changed; null outside a repository, or without git. */
export async function findGitState(run: RunProgram): Promise<GitFacts | null> {
  const args = ['-c', 'core.fsmonitor=false', 'status', '--short', '--branch'];
  const { end, exitCode, stdout } = await run('git', args, {
    timeoutMs: gitTimeoutMs,
    environment: { GIT_OPTIONAL_LOCKS: '0' },
  });
  if (end === 'timed_out') return { branch: null, changes: [tooSlow] };
  if (exitCode !== 0) return null;
  const [header = '', ...changes] = stdout.toString('utf8').trimEnd().split('\n');
  return { branch: branchIn(header), changes };
}
