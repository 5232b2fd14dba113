import { describeSource } from '@trae-cli/config';
import { findingsOf } from '../../configuration/findings.js';
import type { Groundwork } from '../../configuration/groundwork.js';
import { type Check, ok, type Verdict, warning } from '../check.js';

function filesOf({ config, directory }: Groundwork): string {
  const files = [...config.files, ...(config.dotenv === undefined ? [] : [config.dotenv])];
  if (files.length === 0) return 'no file: everything is from flags, the environment and logins';
  return files
    .map((file) => {
      const name = describeSource({ kind: 'file', file, line: 1 }, { relativeTo: directory.root }).replace(/:1$/, '');
      return file.isTrusted ? name : `${name} (not trusted)`;
    })
    .join(', ');
}

/** That the files could be read at all is known by now. */
export function judgeConfiguration(ground: Groundwork): Verdict {
  const findings = findingsOf(ground).map(({ message }) => message);
  const files = filesOf(ground);
  if (findings.length === 0) return ok(files);
  const count = findings.length === 1 ? 'one thing' : `${findings.length} things`;
  return warning(`${files}; ${count} to look at`, ...findings);
}

export const configuration: Check = {
  id: 'configuration',
  needs: [],
  sends: false,
  limitMs: 10_000,
  run: ({ ground }) => ({ verdict: judgeConfiguration(ground) }),
};

export const provider: Check = {
  id: 'provider',
  needs: ['configuration'],
  sends: false,
  limitMs: 10_000,
  run: ({ planned: { entry, settings }, reason }) => {
    const format = settings.apiFormat ?? entry.apiFormat;
    const why = reason === undefined ? '' : `: ${reason}`;
    const name = entry.displayName === entry.id ? entry.id : `${entry.displayName} (${entry.id})`;
    return { verdict: ok(`${name}, asked in ${format}${why}`) };
  },
};
