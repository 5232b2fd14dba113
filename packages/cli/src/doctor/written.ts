import type { ConfigChange } from '@trae-cli/config';
import { oneLine } from '../listing/one-line.js';
import type { Examined } from './report.js';

const lineOf = ({ path, value }: ConfigChange): string =>
  `  ${oneLine(path.join('.'))}: ${oneLine(JSON.stringify(value))}`;

/** What `--fix` has written and where, or why it has not; without it, what there would be to write. */
export function writtenLines({ problem, report, worthKeeping }: Examined, isFixing: boolean): readonly string[] {
  const { written } = report;
  if (problem !== undefined)
    return [
      `Nothing was written. ${oneLine(problem.message)}`,
      ...(problem.hint ?? '').split('\n').filter((line) => line !== ''),
    ];
  if (written !== undefined) {
    const verb = written.isNew ? 'Created' : 'Changed';
    return [`${verb} ${oneLine(written.file)}:`, ...written.changes.map(lineOf)];
  }
  if (isFixing)
    return [
      worthKeeping.length === 0
        ? 'Nothing had to be written: nothing was found out that is not known.'
        : 'Nothing had to be written: the file says all of it.',
    ];
  if (worthKeeping.length === 0) return [];
  return ['Every run has to find this out again; `trae-cli doctor --fix` writes it down:', ...worthKeeping.map(lineOf)];
}
