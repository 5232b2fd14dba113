import { errorTable } from '@trae-cli/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Fault, faults, oddities, type Oddity } from './faults.js';
import { inTurns } from './in-turns.js';
import { type OddRow, renderMatrix, type Row } from './matrix.js';
import { codeOf, mayRecover, meet } from './meet.js';
import { performHere } from './perform.js';
import { play } from './play.js';
import { allWires, type Wire } from './wire.js';

const atOnce = 8;
const longestMs = 120_000;

const whyNot = ({ isRetried }: Fault): string => (isRetried ? '–' : 'is not retried');

type Case = { readonly fault: Fault; readonly wire: Wire };

const cases: readonly Case[] = faults.flatMap((fault) => allWires.map((wire) => ({ fault, wire })));
const titled = cases.map((one) => [one.wire.format, one.fault.name, one] as const);

async function measured({ fault, wire }: Case): Promise<Row> {
  const once = mayRecover(fault) ? await meet(fault, wire, 'once', performHere) : whyNot(fault);
  return { fault: fault.name, format: wire.format, once, always: await meet(fault, wire, 'always', performHere) };
}

type OddCase = { readonly oddity: Oddity; readonly wire: Wire };

const oddCases: readonly OddCase[] = oddities.flatMap((oddity) => allWires.map((wire) => ({ oddity, wire })));
const oddTitled = oddCases.map((one) => [one.wire.format, one.oddity.name, one] as const);

async function measuredOddity({ oddity, wire }: OddCase): Promise<OddRow> {
  const outcome = await play({ wire, script: await oddity.answers(wire) }, performHere);
  return { oddity: oddity.name, format: wire.format, outcome };
}

const byCase = <Of, Result>(cases: readonly Of[], results: readonly Result[]): ReadonlyMap<Of, Result> =>
  new Map(cases.map((one, index) => [one, results[index] as Result]));

describe('a run', () => {
  let rows: ReadonlyMap<Case, Row> = new Map();
  let oddRows: ReadonlyMap<OddCase, OddRow> = new Map();

  beforeAll(async () => {
    rows = byCase(cases, await inTurns(cases, atOnce, measured));
    oddRows = byCase(oddCases, await inTurns(oddCases, atOnce, measuredOddity));
  }, longestMs);

  test.each(titled)('in %s, %s, again and again: fails with its code and runs nothing', (...[, , one]) => {
    const always = rows.get(one)?.always;
    const code = codeOf(one.fault, one.wire);
    expect(always).toMatchObject({ code, exitCode: errorTable[code].exit, traces: [] });
    expect(always?.message).toMatch(/HOST/);
    expect(always?.hint).toMatch(/[A-Z]\w+ .+\.$/);
  });

  test.each(titled.filter(([, , { fault }]) => mayRecover(fault)))(
    'in %s, %s, once before a call and once behind it: completes, and the call runs once',
    (...[, , one]) => {
      expect(rows.get(one)?.once).toMatchObject({ code: undefined, exitCode: 0, requests: 4, traces: ['called'] });
    },
  );

  test.each(oddTitled)('in %s, %s: completes, and every call runs once', (...[, , one]) => {
    const { leaves } = one.oddity;
    expect(oddRows.get(one)?.outcome).toMatchObject({ code: undefined, exitCode: 0, traces: leaves });
  });

  test('is told of in matrix.md as it has been measured', async () => {
    const formats = allWires.map(({ format }) => format);
    const page = renderMatrix([...rows.values()], [...oddRows.values()], formats);
    await expect(page).toMatchFileSnapshot('matrix.md');
  });
});
