import type { GitFacts } from '@trae-cli/agent';
import type { GitProgram } from '../git/git-program.js';

const gitTimeoutMs = 3000;
const tooSlow = `(git status took longer than ${gitTimeoutMs / 1000} s)`;

/** `## main...origin/main [ahead 1]`, `## No commits yet on main`, `## HEAD (no branch)` */
function branchIn(header: string): string | null {
  const [, name] = /^## (?:No commits yet on )?(.+?)(?:\.\.\.|$)/.exec(header) ?? [];
  return name === undefined || name.startsWith('HEAD (no branch') ? null : name;
}

/** The branch and what is changed; null outside a repository, or without git. */
export async function findGitState(git: GitProgram): Promise<GitFacts | null> {
  const { end, exitCode, stdout } = await git(['status', '--short', '--branch', '--ignore-submodules=dirty'], {
    timeoutMs: gitTimeoutMs,
    environment: { GIT_OPTIONAL_LOCKS: '0' },
  });
  if (end === 'timed_out') return { branch: null, changes: [tooSlow] };
  if (exitCode !== 0) return null;
  const [header = '', ...changes] = stdout.toString('utf8').trimEnd().split('\n');
  return { branch: branchIn(header), changes };
}
