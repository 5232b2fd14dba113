import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { interleave, median } from '../statistics.mjs';
import { streamFormats } from '../streams/formats.mjs';

const run = promisify(execFile);
const streamServer = fileURLToPath(new URL('../streams/server.mjs', import.meta.url));
const adapterReader = fileURLToPath(new URL('../streams/read-adapter.ts', import.meta.url));
const bareReader = fileURLToPath(new URL('../streams/read-bare.mjs', import.meta.url));
const fromSource = ['--conditions=@trae-cli/source', '--import', 'tsx'];

const manyDeltas = 200_000;
const largeStreamBytes = 100_000_000;

async function startServer() {
  const child = spawn(process.execPath, [streamServer], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout.setEncoding('utf8'), 'data');
  return {
    origin: `http://127.0.0.1:${port.trim()}`,
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

async function withServer(work) {
  const server = await startServer();
  try {
    return await work(server.origin);
  } finally {
    await server.stop();
  }
}

/** A delta has four characters on the average, and three at the least. */
async function resultOf(args, deltas) {
  const { stdout } = await run(process.execPath, args);
  const { values, characters = values * 3, ...result } = JSON.parse(stdout);
  if (characters < deltas * 3) throw new Error(`${args.join(' ')} read ${characters} characters of ${deltas} deltas.`);
  return result;
}

/** Ollama and Anthropic are asked below the root, the others below /v1. */
const baseFor = (format, origin, deltas) =>
  `${origin}/${deltas}${streamFormats[format].path.startsWith('/v1/messages') || format === 'ollama' ? '' : '/v1'}`;

const byAdapter = (format, origin, deltas) => () =>
  resultOf([...fromSource, adapterReader, format, baseFor(format, origin, deltas)], deltas);

const byBareLoop = (format, origin, deltas) => () =>
  resultOf([bareReader, `${origin}/${deltas}${streamFormats[format].path}`], deltas);

async function speedOf(format, rounds, origin) {
  const contestants = [byAdapter(format, origin, manyDeltas), byBareLoop(format, origin, manyDeltas)];
  const [adapter, bare] = await interleave(rounds, contestants);
  return {
    title: `200,000 small deltas over ${format}, against lines and \`JSON.parse\` alone`,
    unit: 'ms',
    ours: median(adapter.map(({ durationMs }) => durationMs)),
    floor: median(bare.map(({ durationMs }) => durationMs)),
    bound: 2.5,
  };
}

/** The most memory in the last quarter of the stream against the most in the second: the first is warming up. */
async function flatnessOf(format, origin) {
  const deltas = Math.ceil(largeStreamBytes / Buffer.byteLength(streamFormats[format].delta(100)));
  const { memoryBytes } = await byAdapter(format, origin, deltas)();
  const quarter = Math.floor(memoryBytes.length / 4);
  return {
    title: `memory at the end of a stream of 100 MB over ${format}, against a quarter of it`,
    unit: 'bytes',
    ours: Math.max(...memoryBytes.slice(-quarter)),
    floor: Math.max(...memoryBytes.slice(quarter, 2 * quarter)),
    bound: 1.3,
  };
}

export const streamMeasures = [
  {
    name: 'streams',
    rounds: 5,
    measure: ({ rounds }) =>
      withServer(async (origin) => {
        const rows = [];
        for (const format of Object.keys(streamFormats)) rows.push(await speedOf(format, rounds, origin));
        return rows;
      }),
  },
  {
    name: 'stream-memory',
    rounds: 1,
    measure: () =>
      withServer(async (origin) => {
        const rows = [];
        for (const format of Object.keys(streamFormats)) rows.push(await flatnessOf(format, origin));
        return rows;
      }),
  },
];
