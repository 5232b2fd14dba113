import type { JsonValue } from '@trae-cli/protocol';
import type { Card } from './card.js';
import { type CheckResult, checkTitles } from './check.js';
import { exitStatusOfResults } from './examine.js';
import type { Written } from './fix.js';

/** One provider, examined. */
export type Report = {
  readonly name: string;
  readonly results: readonly CheckResult[];
  readonly card: Card | undefined;
  readonly written: Written | undefined;
};

const checkDocument = (result: CheckResult): JsonValue => ({
  id: result.id,
  title: checkTitles[result.id],
  status: result.status,
  says: result.says,
  advice: 'advice' in result ? [...result.advice] : [],
  code: result.status === 'failed' ? result.code : null,
  blockedBy: result.status === 'skipped' ? (result.blockedBy ?? null) : null,
});

const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

function writtenDocument(written: Written | undefined): JsonValue {
  if (written === undefined) return null;
  const changes = written.changes.map(({ path, value }) => ({ path: [...path], value }));
  return { file: written.file, created: written.isNew, changes };
}

const reportDocument = (report: Report): JsonValue => ({
  provider: report.name === '' ? null : report.name,
  model: report.card?.model ?? null,
  exitStatus: exitStatusOfResults(report.results),
  checks: report.results.map(checkDocument),
  card: report.card === undefined ? null : plain(report.card),
  written: writtenDocument(report.written),
});

/** The examination for programs: version 1. Null is unknown. */
export const doctorDocument = (all: readonly { readonly report: Report }[], exitStatus: number): JsonValue => ({
  version: 1,
  exitStatus,
  providers: all.map(({ report }) => reportDocument(report)),
});
