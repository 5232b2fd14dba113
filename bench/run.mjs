/**
 * Measures trae-cli against the floor and prints one table.
 *
 *     node bench/run.mjs [NAME …] [--rounds N] [--json] [--strict]
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { largeOutputMeasures } from './measures/large-output.mjs';
import { startMeasures } from './measures/start.mjs';
import { streamMeasures } from './measures/streams.mjs';
import { stepMeasures } from './measures/steps.mjs';
import { startModelServer } from './model-server.mjs';
import { formatTable } from './table.mjs';

const measures = [...startMeasures, ...stepMeasures, ...largeOutputMeasures, ...streamMeasures];

function readCommandLine() {
  const options = { rounds: { type: 'string' }, json: { type: 'boolean' }, strict: { type: 'boolean' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const names = measures.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no measure ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error('--rounds takes a number from 1.');
  return {
    ...values,
    rounds,
    chosen: measures.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
  };
}

function judged(row) {
  const ratio = row.ours / row.floor;
  return { ...row, ratio, isWithin: ratio <= row.bound };
}

const machine = () => ({
  node: process.version,
  platform: process.platform,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  loadBefore: loadavg()[0],
});

async function measureAll({ chosen, rounds }) {
  const server = await startModelServer();
  const rows = [];
  try {
    for (const { name, rounds: usualRounds, measure } of chosen) {
      console.error(`measuring ${name} …`);
      rows.push(...(await measure({ server, rounds: rounds ?? usualRounds })).map(judged));
    }
  } finally {
    await server.stop();
  }
  return rows;
}

function print({ json }, on, rows) {
  if (json) {
    console.log(JSON.stringify({ machine: on, rows }, null, 2));
    return;
  }
  const load = `load ${on.loadBefore.toFixed(1)} before`;
  console.log(
    `Node ${on.node} on ${on.platform}, ${on.cores} cores (${on.processor}), ${load}\n\n${formatTable(rows)}`,
  );
}

try {
  const commandLine = readCommandLine();
  const on = machine();
  const rows = await measureAll(commandLine);
  print(commandLine, on, rows);
  if (commandLine.strict && rows.some(({ isWithin }) => !isWithin)) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
