import { dirname } from 'node:path';
import { TraeError } from '@trae-cli/protocol';
import { oneLine } from '../describe-source.js';
import type { FileFacts, FileGuard } from '../read/read-regular-file.js';
import type { ConfigFile } from '../source.js';
import { pasteable } from '../trust-advice.js';
import { isWithin } from './walk.js';

/** `directory` by its real path. */
const isKept = (file: ConfigFile, { realPath }: FileFacts, directory: string): boolean =>
  file.isTrusted || isWithin(realPath, directory);

function refusal({ path }: ConfigFile, { realPath }: FileFacts, directory: string): TraeError {
  const [link, target, outside] = [path, realPath, directory].map((each) => oneLine(each, 400));
  return new TraeError(
    'untrusted',
    `${link} is a symbolic link to ${target}, outside of ${outside}, and is not read.`,
    {
      hint: `Put a file in its place; or, if you know where it comes from, run: trae-cli trust ${pasteable(dirname(path))}`,
    },
  );
}

/**
 * Refuses a file that a symbolic link takes out of its directory: whoever cloned a repository, or unpacked one into their
 * own, has not agreed that it shows their other files to a program. In a trusted folder links go where they like.
 */
export function linkGuard(file: ConfigFile, directory: string): FileGuard {
  return (facts) => {
    if (isKept(file, facts, directory)) return true;
    throw refusal(file, facts, directory);
  };
}

/** The same, but what a link finds elsewhere in the project is only left out, and `onLeftOut` is told. */
export function lenientLinkGuard(
  file: ConfigFile,
  { directory, topmost }: { readonly directory: string; readonly topmost: string },
  onLeftOut: () => void,
): FileGuard {
  return (facts) => {
    if (isKept(file, facts, directory)) return true;
    if (!isWithin(facts.realPath, topmost)) throw refusal(file, facts, topmost);
    onLeftOut();
    return false;
  };
}
