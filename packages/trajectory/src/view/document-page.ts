import type { StopReason } from '@trae-cli/protocol';
import { brokenAnswers } from '../broken-answers.js';
import type { RecordedDocument, RecordedResult, RecordedUsage } from '../document/recorded-document.js';
import type { ReadDocument } from '../document/read-document.js';
import type { TextPosition } from '../document/torn-json.js';
import { type AnsweredCall, type Turn, turnsOf } from '../document/turns.js';
import { callLines } from './call-lines.js';
import {
  answeredLines,
  cutOffLines,
  endLines,
  headerLines,
  type RunEnd,
  spokenLines,
  stepTitle,
  unansweredLines,
  userLines,
} from './page-parts.js';
import type { TrajectoryStyle } from './style.js';
import { boundedLines, indented, plural, printableLines } from './text.js';
import { addTokens, tokenWords } from './token-words.js';

const remarkLimits = { head: 6, tail: 2 };

/** As the vendors call them; the original hands on what each says. */
const brokenFinishes: ReadonlyMap<string, StopReason> = new Map([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['content_filter', 'filtered'],
  ['safety', 'filtered'],
]);

function brokenBy(finishReason: string | undefined): string | undefined {
  const stop = brokenFinishes.get(finishReason?.toLowerCase() ?? '');
  return stop === undefined ? undefined : brokenAnswers[stop];
}

/** What the end of the page says of the whole run. */
type Totals = { turns: number; unreported: number; usage: RecordedUsage | undefined; last: Turn | undefined };

const outputOf = ({ result, error }: RecordedResult): readonly string[] => [result ?? '', error ?? ''];

/** Success is what the file says it is; where it does not say, an error alone tells. */
const isOk = ({ success, error }: RecordedResult): boolean | undefined =>
  success ?? (error === undefined ? undefined : false);

function shownCall({ call, result }: AnsweredCall, turn: Turn, style: TrajectoryStyle): readonly string[] {
  const text = { name: call?.name ?? 'a tool without a name', arguments: call?.arguments ?? '' };
  if (result !== undefined) return answeredLines(text, { isOk: isOk(result), output: outputOf(result) }, style);
  return turn.areCallsRun ? unansweredLines(text, style) : indented(callLines(text, style));
}

function turnLines(turn: Turn, said: readonly string[], style: TrajectoryStyle): readonly string[] {
  const { text, calls, finishReason, reflection, error, summary, usage } = turn;
  const remark = (label: string, words: string | undefined): readonly string[] =>
    words === undefined ? [] : indented(boundedLines(`${label}: ${words}`, remarkLimits));
  return [
    ...said.flatMap((words) => userLines(words, style)),
    ...stepTitle(turn.number, style),
    ...(text === undefined ? [] : spokenLines(text)),
    ...calls.flatMap((call) => shownCall(call, turn, style)),
    ...remark('Reflection', reflection).map(style.faint),
    ...remark('Error', error ?? brokenBy(finishReason)).map(style.failure),
    ...(turn.isAnswered ? [style.faint(`  ${tokenWords(usage)}`)] : []),
    ...remark('Summary', summary).map(style.faint),
  ];
}

function header({ task, provider, model, start_time: start, max_steps: limit }: RecordedDocument) {
  return {
    task: task ?? 'The task is not recorded.',
    facts: [
      ['model', [provider, model].filter(Boolean).join(' ') || undefined],
      ['started', start],
      ['limit', limit === undefined ? undefined : plural(limit, 'step')],
    ],
  } as const;
}

function durationMsOf({ execution_time: seconds, start_time: start, end_time: end }: RecordedDocument) {
  if (seconds !== undefined) return seconds * 1000;
  const between = Date.parse(end ?? '') - Date.parse(start ?? '');
  return between >= 0 ? between : undefined;
}

/** Where a run was killed, the original leaves its end empty. */
const hasEnded = ({ end_time: end, success, final_result: result }: RecordedDocument): boolean =>
  end !== undefined || success === true || result !== undefined;

/** The last lines of a file that ends too soon: how the run ended stands behind its steps, and may be lost. */
function tornLines({ line, column }: TextPosition, style: TrajectoryStyle): readonly string[] {
  const place = `line ${line}, column ${column}`;
  return ['', style.failure(`The file ends in the middle of the document (${place}); what followed is lost.`)];
}

const outcomeWords = (success: boolean | undefined): string =>
  success === undefined ? 'Ended' : success ? 'Completed' : 'Not completed';

function endOf(document: RecordedDocument, { turns, unreported, usage, last }: Totals): RunEnd {
  const isSuccess = document.success === true;
  const result = document.final_result;
  const isNew = result !== undefined && result.trim() !== last?.text?.trim() && result !== last?.error;
  return {
    isSuccess,
    how: outcomeWords(document.success),
    steps: turns,
    durationMs: durationMsOf(document),
    usage: tokenWords(usage),
    stepsWithoutUsage: usage === undefined ? 0 : unreported,
    words: isNew ? printableLines(result) : [],
  };
}

/** The first message says the task again, among other things. */
const beside = (said: readonly string[], task: string | undefined): readonly string[] =>
  task === undefined ? said : said.filter((words) => !words.includes(task));

/** A document as a person reads it, turn by turn: like the journal of the same run, without what only that says. */
export function* documentLines(
  { document, tornAt }: ReadDocument,
  style: TrajectoryStyle,
): Generator<readonly string[], void> {
  yield headerLines(header(document), style);
  const totals: Totals = { turns: 0, unreported: 0, usage: undefined, last: undefined };
  for (const recorded of turnsOf(document)) {
    // What was cut off may have held the answers.
    const turn = tornAt === undefined ? recorded : { ...recorded, areCallsRun: false };
    totals.turns += 1;
    if (turn.usage !== undefined) totals.usage = addTokens(totals.usage ?? {}, turn.usage);
    else if (turn.isAnswered) totals.unreported += 1;
    yield turnLines(turn, totals.last === undefined ? beside(turn.said, document.task) : turn.said, style);
    totals.last = turn;
  }
  const isEndKnown = tornAt === undefined ? hasEnded(document) : document.success !== undefined;
  if (isEndKnown) yield endLines(endOf(document, totals), style);
  if (tornAt !== undefined) yield tornLines(tornAt, style);
  else if (!isEndKnown) yield cutOffLines(style);
}
