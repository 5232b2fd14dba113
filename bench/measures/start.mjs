import { runAgent } from '../agent-run.mjs';
import { bareNode, environmentOf, floorOver, ours, startOf } from '../contestants.mjs';
import { timeProgram } from '../program.mjs';
import { createScratch } from '../scratch.mjs';
import { interleave, median } from '../statistics.mjs';

const shortestScript = { steps: 0, output: 'short' };

async function compareStarts(args, rounds) {
  const scratch = await createScratch(shortestScript);
  const place = { cwd: scratch.workspace, env: environmentOf(scratch.home) };
  try {
    const [our, floor] = await interleave(rounds, [() => timeProgram(args, place), () => timeProgram(bareNode, place)]);
    return { unit: 'ms', ours: median(our), floor: median(floor) };
  } finally {
    await scratch.remove();
  }
}

const firstRequestOf = ({ requests, startedAtMs }) => requests[0].arrivedAtMs - startedAtMs;

export const startMeasures = [
  {
    name: 'version',
    rounds: 40,
    measure: async ({ rounds }) => [
      { title: '`--version`, against `node -e 0`', bound: 1.3, ...(await compareStarts(startOf('--version'), rounds)) },
    ],
  },
  {
    name: 'help',
    rounds: 40,
    measure: async ({ rounds }) => [
      { title: '`--help`, against `node -e 0`', bound: 1.6, ...(await compareStarts(startOf('--help'), rounds)) },
    ],
  },
  {
    name: 'first-request',
    rounds: 20,
    async measure({ rounds, server }) {
      const start = (contestant) => async () => firstRequestOf(await runAgent(contestant, shortestScript, { server }));
      const [our, floor] = await interleave(rounds, [start(ours), start(floorOver('fetch'))]);
      const title = 'process start to first request, against the floor over fetch';
      return [{ title, unit: 'ms', ours: median(our), floor: median(floor), bound: 3 }];
    },
  },
];
