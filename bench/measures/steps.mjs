import { runAgent, stepTimesOf } from '../agent-run.mjs';
import { floorOver, ours } from '../contestants.mjs';
import { canReadPeak } from '../program.mjs';
import { interleave, median } from '../statistics.mjs';

/** The median step of the median run. */
const medianOfRuns = (runs, pick) => median(runs.map((run) => median(pick(stepTimesOf(run)))));

const all = (times) => times;
const last20 = (times) => times.slice(-20);

export const stepMeasures = [
  {
    name: 'step',
    rounds: 7,
    async measure({ rounds, server }) {
      const run = (contestant) => () => runAgent(contestant, { steps: 200, output: 'short' }, { server });
      const [our, floor] = await interleave(rounds, [run(ours), run(floorOver('http'))]);
      const title = 'own time per step over 200 steps, against the floor over node:http';
      return [{ title, unit: 'ms', ours: medianOfRuns(our, all), floor: medianOfRuns(floor, all), bound: 1.2 }];
    },
  },
  {
    name: 'long-run',
    rounds: 3,
    async measure({ rounds, server }) {
      const run = (contestant) => () => runAgent(contestant, { steps: 1000, output: 'short' }, { server });
      const [our, floor] = await interleave(rounds, [run(ours), run(floorOver('http'))]);
      const title = 'the last 20 of 1,000 steps, against the floor’s last 20';
      return [{ title, unit: 'ms', ours: medianOfRuns(our, last20), floor: medianOfRuns(floor, last20), bound: 1.3 }];
    },
  },
  {
    name: 'memory',
    rounds: 3,
    async measure({ rounds, server }) {
      if (!canReadPeak) {
        console.error('memory is left out: its peak can be read on Linux only.');
        return [];
      }
      const script = { steps: 1000, output: 'short' };
      const run = (contestant) => async () =>
        (await runAgent(contestant, script, { server, withMemory: true })).peakBytes;
      const [our, floor] = await interleave(rounds, [run(ours), run(floorOver('fetch'))]);
      const title = 'peak memory of 1,000 steps, against the floor over fetch';
      return [{ title, unit: 'bytes', ours: median(our), floor: median(floor), bound: 1.5 }];
    },
  },
];
