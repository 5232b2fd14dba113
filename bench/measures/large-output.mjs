import { runAgent, stepTimesOf } from '../agent-run.mjs';
import { contextWindow, ours } from '../contestants.mjs';
import { estimatedTokens } from '../recorded-run.mjs';
import { interleave, median } from '../statistics.mjs';

const script = { steps: 200, output: 'large' };

function growthOf(runs) {
  const times = runs.map(stepTimesOf);
  return {
    title: '20 kB of output, 200 steps: the last 20, against the first 20',
    unit: 'ms',
    ours: median(times.map((run) => median(run.slice(-20)))),
    floor: median(times.map((run) => median(run.slice(0, 20)))),
    bound: 1.3,
  };
}

const windowOf = (runs) => ({
  title: 'the largest request of those (bytes / 3), against the window',
  unit: 'tokens',
  ours: estimatedTokens(Math.max(...runs.flatMap(({ requests }) => requests.map(({ bytes }) => bytes)))),
  floor: contextWindow,
  bound: 1,
});

const journalOf = (runs) => ({
  title: 'the journal of those, against the distinct message content',
  unit: 'bytes',
  ours: Math.max(...runs.map(({ journalBytes }) => journalBytes)),
  floor: runs[0].contentBytes,
  bound: 1.3,
});

export const largeOutputMeasures = [
  {
    name: 'large-output',
    rounds: 5,
    async measure({ rounds, server }) {
      const [runs] = await interleave(rounds, [() => runAgent(ours, script, { server })]);
      return [growthOf(runs), windowOf(runs), journalOf(runs)];
    },
  },
];
