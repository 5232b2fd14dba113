import { modelServer, type ServerScript, type TempWorkspace, tempWorkspace } from '@trae-cli/testkit';
import { tracesFile } from './effect.js';
import { type Ended, type Outcome, outcomeOf } from './outcome.js';
import { resettingForwarder } from './resetting-forwarder.js';
import type { Wire } from './wire.js';

/** What a run meets. */
export type Play = {
  readonly wire: Wire;
  readonly script: ServerScript;
  /** Which requests for a turn, the first being 1, have their connection reset instead. Default: none. */
  readonly isReset?: (request: number) => boolean;
  /** Nobody listens at all. */
  readonly isDeserted?: boolean;
};

/** Where a run takes place, and how it is called. */
export type Stage = {
  readonly workspace: TempWorkspace;
  readonly home: TempWorkspace;
  readonly args: readonly string[];
};

export type Perform = (stage: Stage) => Promise<Ended>;

const args = ['run', 'Leave a line', '--output-format', 'json'] as const;

/** Short limits, so that what is waited for is waited for in seconds. */
const configuration = (wire: Wire, origin: string): string =>
  JSON.stringify({
    default_provider: 'house',
    model_providers: {
      house: {
        api_format: wire.format,
        base_url: wire.baseUrlOf(origin),
        model: 'm',
        api_key: 'a-key-for-nobody-at-all',
        timeout: 1,
        max_retries: 1,
      },
    },
  });

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

/** Performs a run from its configuration to its end, and sees what it has done. */
export async function play(
  { wire, script, isReset = () => false, isDeserted = false }: Play,
  perform: Perform,
): Promise<Outcome> {
  await using workspace = await tempWorkspace();
  await using server = await modelServer(script);
  const target = server.origin;
  const path = new URL(`${wire.baseUrlOf(target)}${wire.turnPath}`).pathname;
  await using forwarder = await resettingForwarder({ target, path, isReset });
  const { origin } = forwarder;
  if (isDeserted) await forwarder[Symbol.asyncDispose]();
  await using home = await tempWorkspace({ '.config/trae-cli/trae_config.json': configuration(wire, origin) });
  const ended = await perform({ workspace, home, args });
  const traces = linesOf(await workspace.read(tracesFile).catch(() => ''));
  return outcomeOf(ended, { requests: server.turns.length + forwarder.resets, traces });
}
