import { describeSource, type Finding } from '@trae-cli/config';
import type { Groundwork } from './groundwork.js';
import { missingTools } from './tool-choice.js';

type Ground = Pick<Groundwork, 'config' | 'directory'>;

/** What the files ask for of the tools that is not here yet. */
function findingsOfTools({ config, directory }: Ground): readonly Finding[] {
  const { tools } = config.general;
  if (tools === undefined) return [];
  const where = describeSource(tools.source, { relativeTo: directory.root });
  return missingTools(config).map((name) => ({
    kind: 'not_built',
    message: `"tools" (${where}) asks for ${name}, a tool that is not built yet.`,
    key: 'tools',
    source: tools.source,
  }));
}

/** What the person should know of the configuration, and what stops nothing. */
export const findingsOf = (ground: Ground): readonly Finding[] => [
  ...ground.config.findings,
  ...findingsOfTools(ground),
];
