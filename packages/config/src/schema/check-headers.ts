import type { JsonObject } from '@trae-cli/protocol';
import { hasReference } from '../interpolate/template.js';
import type { ConfigFile } from '../source.js';
import { holdsAddress, isSendable, isSteering, refusalOfHeader } from './header-rules.js';
import type { Report } from './report.js';
import { isUnset } from './unset.js';
import type { WrittenLeaf } from './written-leaf.js';

/** What forbids a header in any file, to follow its name and place. */
function problemOf(name: string, value: unknown, earlier: ReadonlySet<string>): string | undefined {
  const refusal = refusalOfHeader(name);
  if (refusal !== undefined) return refusal;
  if (earlier.has(name.toLowerCase()))
    return 'stands there twice; large and small letters are the same in the names of headers';
  const isWrong = typeof value === 'string' && !hasReference(value) && !isSendable(value);
  return isWrong ? 'holds a line break or another character that no header can carry' : undefined;
}

/** The headers of one entry, those left out that an untrusted file might steer a gateway with. */
export function checkHeaders(
  report: Report,
  path: readonly string[],
  headers: JsonObject,
  file: ConfigFile,
): readonly WrittenLeaf[] {
  const earlier = new Set<string>();
  return Object.entries(headers).flatMap(([name, value]) => {
    const at = [...path, name];
    const problem = problemOf(name, value, earlier);
    earlier.add(name.toLowerCase());
    if (problem !== undefined) report.problem(`"${report.key(at)}" (${report.place(at)}) ${problem}`);
    if (problem !== undefined || isUnset(value)) return [];
    if (!file.isTrusted && (isSteering(name) || (typeof value === 'string' && holdsAddress(name, value)))) {
      report.find(
        'untrusted',
        at,
        () => 'is left out, because a gateway might take it for an address and its folder is not trusted',
      );
      return [];
    }
    return [{ path: at, value, source: report.source(at), writtenKey: report.key(at) }];
  });
}
