import { describeSource, oneLine } from '../describe-source.js';
import type { Finding } from '../finding.js';
import { textOf, type WrittenLeaf } from '../schema/written-leaf.js';
import type { Resolver } from './resolve-text.js';
import { variablesIn } from './template.js';
import { variableFor } from './variables.js';

/** Variables that keys ask for and that are not set: the key counts as not set, and nothing stops. */
export const findUnsetVariables = (
  leaves: readonly WrittenLeaf[],
  { variables, relativeTo }: Resolver,
): readonly Finding[] =>
  leaves
    .filter(({ path }) => path[2] === 'api_key')
    .flatMap((leaf) => {
      const { source, writtenKey } = leaf;
      const unset = variablesIn(textOf(leaf)).filter(
        (name) => variableFor(source.file, name, variables).kind === 'unset',
      );
      return unset.map((name) => ({
        kind: 'unset_variable' as const,
        message: `"${writtenKey}" (${describeSource(source, { relativeTo })}) asks for the variable ${oneLine(name, 60)}, which is not set, and counts as not set itself.`,
        key: writtenKey,
        source,
      }));
    });
