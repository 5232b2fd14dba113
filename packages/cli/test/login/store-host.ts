import type { TempWorkspace } from '@trae-cli/testkit';
import { testClock } from '@trae-cli/testkit';
import type { StoreHost } from '../../src/login/key-store.js';

const silent: StoreHost['stderr'] = {
  isTerminal: false,
  columns: undefined,
  write: () => undefined,
  showStatus: () => undefined,
  failure: () => Promise.resolve(undefined),
};

type Machine = Partial<Omit<StoreHost, 'environment'>> & {
  /** What lies on the PATH before the system's own programs. */
  readonly programs?: TempWorkspace;
  readonly environment?: Readonly<Record<string, string>>;
};

/** A machine whose time stands still, with a session bus, and with a keychain where `programs` has one. */
export const storeHost = (home: TempWorkspace, { programs, environment, ...rest }: Machine = {}): StoreHost => ({
  environment: {
    PATH: [...(programs === undefined ? [] : [programs.root]), '/usr/bin', '/bin'].join(':'),
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
    XDG_CONFIG_HOME: home.root,
    ...environment,
  },
  homeDirectory: home.root,
  platform: 'Linux 6.1 x64',
  clock: testClock({ wake: 'by hand' }),
  today: () => new Date('2026-01-02T03:04:05.678Z'),
  stderr: silent,
  ...rest,
});
