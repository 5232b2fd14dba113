import { errorTable } from '@trae-cli/protocol';
import { describe, expect, test } from 'vitest';
import { faults } from './faults.js';
import { codeOf, mayRecover, meet } from './meet.js';
import { performWithin } from './perform.js';
import { allWires, type Wire } from './wire.js';

const promisedMs = 5000;
/** For a process that waits and asks again. */
const patientMs = 25_000;

// Where nobody listens there is another try or two, and an end within the same time.
const quick = faults.filter((fault) => !mayRecover(fault));
const retried = faults.filter(mayRecover);

const everywhere = quick.flatMap((fault) => allWires.map((wire) => [fault.name, wire.format, fault, wire] as const));

// Each of them in one protocol, the protocols taking turns.
const sample = retried.map((fault, index) => {
  const wire = allWires[index % allWires.length] as Wire;
  return [fault.name, wire.format, fault, wire] as const;
});

describe('a process', { concurrent: true }, () => {
  test.each(everywhere)('ends within five seconds: %s in %s', async (...[, , fault, wire]) => {
    const code = codeOf(fault, wire);
    const outcome = await meet(fault, wire, 'always', performWithin(promisedMs));
    expect(outcome).toMatchObject({ code, exitCode: errorTable[code].exit, traces: [] });
  });

  test.each(sample)('asks once more, and then says so: %s in %s', async (...[, , fault, wire]) => {
    const code = codeOf(fault, wire);
    const outcome = await meet(fault, wire, 'always', performWithin(patientMs));
    expect(outcome).toMatchObject({ code, exitCode: errorTable[code].exit, requests: 2, traces: [] });
  });

  test.each(sample)('gets over what does not last: %s in %s', async (...[, , fault, wire]) => {
    const outcome = await meet(fault, wire, 'once', performWithin(patientMs));
    expect(outcome).toMatchObject({ code: undefined, exitCode: 0, requests: 4, traces: ['called'] });
  });
});
