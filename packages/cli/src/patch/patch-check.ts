import type { Verdict } from '@trae-cli/protocol';
import type { RunFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import type { OpenParts } from '../open-parts.js';
import { gitIn } from '../git/git-program.js';
import { PatchBaseline } from './patch-baseline.js';
import { preparePatchFile, writePatchFile } from './patch-file.js';
import type { RunParts } from '../assemble.js';

/** What `--must-patch` and `--patch-path` do around a run. */
export type PatchCheck = {
  /** Where the patch goes, where one was asked for. */
  readonly path: string | undefined;
  /** Refuses a completion that changed nothing but tests; undefined where that is allowed. */
  readonly verify: ((summary: string) => Promise<Verdict>) | undefined;
  /** Writes the patch file, where one was asked for. Gives back why it could not, if so. */
  readonly write: (signal: AbortSignal) => Promise<string | undefined>;
};

const noCheck: PatchCheck = { path: undefined, verify: undefined, write: async () => undefined };

const refusal: Verdict = {
  allow: false,
  reason:
    'Not accepted: no file other than tests has changed since the run began. ' +
    'Make the change the task asks for in the source, check it, then finish again.',
};

/** Takes the snapshot to compare with, before anything has run. Throws usage errors. */
export async function preparePatchCheck(
  flags: Pick<RunFlags, 'mustPatch' | 'patchPath'>,
  parts: Pick<RunParts, 'ground' | 'record' | 'run'>,
  { host, opened, signal }: { readonly host: Host; readonly opened: OpenParts; readonly signal: AbortSignal },
): Promise<PatchCheck> {
  const { mustPatch = false, patchPath } = flags;
  if (!mustPatch && patchPath === undefined) return noCheck;
  const file = patchPath === undefined ? undefined : await preparePatchFile(patchPath, host);
  const excluded = [...parts.record.ownPaths, ...(file === undefined ? [] : [file])];
  const { root } = parts.ground.directory;
  const baseline = opened.keep(
    await PatchBaseline.take(
      { root, git: gitIn(root, parts.run), temporaryDirectory: host.temporaryDirectory, excluded },
      signal,
    ),
  );
  return {
    path: file,
    verify: mustPatch ? async () => ((await baseline.hasPatch(signal)) ? { allow: true } : refusal) : undefined,
    write: async (writing) => (file === undefined ? undefined : writePatchFile(file, () => baseline.diff(writing))),
  };
}
