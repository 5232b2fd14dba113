import { isJsonObject, type JsonObject, type JsonValue, type Usage } from '@trae-cli/protocol';

/** JSON has numbers that are infinite here (1e999), and others that no bill was ever made of: they count as not told. */
function countIn(object: JsonValue | undefined, key: string): number | undefined {
  const value = isJsonObject(object) ? object[key] : undefined;
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? Math.max(0, value) : undefined;
}

type Counts = Partial<Record<'input' | 'cacheRead' | 'cacheWrite' | 'output' | 'reasoning' | 'costUsd', number>>;

const read = (usage: JsonObject) =>
  ({
    input: countIn(usage, 'input_tokens'),
    cacheRead: countIn(usage, 'cache_read_input_tokens'),
    cacheWrite: countIn(usage, 'cache_creation_input_tokens'),
    output: countIn(usage, 'output_tokens'),
    reasoning: countIn(usage['output_tokens_details'], 'thinking_tokens'),
    costUsd: countIn(usage, 'cost'),
  }) as const;

/** Each number stands for the whole message so far: the last one told counts, and none takes back what was counted. */
function later(earlier: Counts, usage: JsonObject): Counts {
  const told = Object.entries(read(usage)).filter(([, count]) => count !== undefined);
  const counts: Record<string, number | undefined> = { ...earlier };
  for (const [name, count] of told) counts[name] = count === 0 ? (counts[name] ?? 0) : count;
  return counts;
}

const sum = (earlier: Counts, counts: Counts): Counts =>
  Object.fromEntries(
    [...new Set([...Object.keys(earlier), ...Object.keys(counts)])].map((name) => {
      const key = name as keyof Counts;
      return [name, (earlier[key] ?? 0) + (counts[key] ?? 0)];
    }),
  );

/** What a turn has cost, over all the messages that it took. */
export class UsageCount {
  #settled: Counts = {};
  #counts: Counts = {};

  add(usage: JsonValue | undefined): void {
    if (isJsonObject(usage)) this.#counts = later(this.#counts, usage);
  }

  /** What follows is another message. */
  settle(): void {
    this.#settled = sum(this.#settled, this.#counts);
    this.#counts = {};
  }

  /** Undefined where nobody has counted anything. */
  total(): Usage | undefined {
    const {
      cacheRead = 0,
      cacheWrite = 0,
      costUsd,
      input = 0,
      output = 0,
      reasoning = 0,
    } = sum(this.#settled, this.#counts);
    if (input + cacheRead + cacheWrite + output === 0) return undefined;
    return { input, output, reasoning, cacheRead, cacheWrite, ...(costUsd === undefined ? {} : { costUsd }) };
  }
}
