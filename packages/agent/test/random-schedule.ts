import {
  failure,
  type Model,
  type ModelEvent,
  type ModelRequest,
  type StopReason,
  textOutput,
  type Tool,
  type ToolContext,
  type ToolEffect,
  type ToolResult,
  TraeError,
} from '@trae-cli/protocol';
import { Random } from '@trae-cli/testkit';
import type { AgentOptions } from '../src/index.js';
import { optionsFor } from './collect.js';

/** What is said before a retry; it must be found nowhere. */
export const voided = 'said before a retry';

/** What really went on in a run, as its model and tools saw it. */
export type Witness = {
  readonly requests: ModelRequest[];
  readonly invocations: Map<string, number>;
  running: number;
  streams: number;
  /** Calls that ran beside one that must run alone. */
  collisions: number;
};

export type Schedule = { readonly options: AgentOptions; readonly witness: Witness };

/** Lets everything else that is ready go first, a few times over; no time has to pass. */
async function yieldTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await (turn % 3 === 2 ? new Promise<void>((resolve) => setImmediate(resolve)) : Promise.resolve());
  }
}

const effects = { view: 'read', search: 'read', edit: 'write', shell: 'execute' } as const;

class Stage {
  readonly #random: Random;
  readonly #talkativeness: number;
  readonly witness: Witness = { requests: [], invocations: new Map(), running: 0, streams: 0, collisions: 0 };
  #alone = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#talkativeness = random.pick([1, 1, 1, 0.2]);
  }

  tools(): readonly Tool[] {
    const tools = Object.entries(effects).map(([name, effect]) => this.#tool(name, effect));
    return [...tools, this.#tool('task_done', 'finish')];
  }

  model(): Model {
    const traits = { contextWindow: 3_000, assumedContextWindow: 3_000, images: false, parallelToolCalls: true };
    return {
      ref: { provider: 'random', model: 'random' },
      traits,
      stream: (request, signal) => this.#stream(request, signal),
    };
  }

  #tool(name: string, effect: ToolEffect): Tool {
    return {
      spec: { name, description: name, inputSchema: { type: 'object' } },
      effectOf: () => effect,
      invoke: async (_rawArguments, context) => {
        const { witness } = this;
        witness.invocations.set(name, (witness.invocations.get(name) ?? 0) + 1);
        const isAlone = effect !== 'read';
        if (this.#alone > 0 || (isAlone && witness.running > 0)) witness.collisions += 1;
        witness.running += 1;
        if (isAlone) this.#alone += 1;
        try {
          return await this.#act(name, context);
        } finally {
          await yieldTurns(this.#random.below(3));
          witness.running -= 1;
          if (isAlone) this.#alone -= 1;
        }
      },
    };
  }

  async #act(
    name: string,
    { signal, report }: { signal: AbortSignal; report: ToolContext['report'] },
  ): Promise<ToolResult> {
    const random = this.#random;
    for (let round = random.below(4); round > 0; round -= 1) {
      await yieldTurns(random.below(4));
      if (random.chance(0.3)) report('on it');
      if (random.chance(0.5)) signal.throwIfAborted();
    }
    if (name === 'task_done') return { kind: 'completion', summary: random.pick(['', 'All done.']) };
    return random.pick<() => ToolResult>([
      () => textOutput('x'.repeat(random.below(4_000)), random.pick([{}, { outputFile: '/spilled/by/the/tool' }])),
      () => textOutput(''),
      () => failure('no such thing', { code: 2 }),
      () => {
        throw random.pick<unknown>([new Error('thrown'), 'a string', new TraeError('usage', 'ours')]);
      },
    ])();
  }

  async *#stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void> {
    const random = this.#random;
    this.witness.requests.push(request);
    this.witness.streams += 1;
    try {
      yield { type: 'requested', parameters: { temperature: 0 } };
      for (const event of this.#turn()) {
        await yieldTurns(random.below(3));
        signal.throwIfAborted();
        yield event;
      }
      if (random.chance(0.02)) throw new TraeError('provider_unavailable', 'gone');
      if (random.chance(0.02)) throw new TraeError('context_overflow', 'too long');
      if (random.chance(0.98)) yield this.#finish();
    } finally {
      await yieldTurns(random.below(3));
      this.witness.streams -= 1;
    }
  }

  #finish(): ModelEvent {
    const stop = this.#random.pick<StopReason>([
      'tool_calls',
      'tool_calls',
      'end',
      'other',
      'length',
      'tool_calls',
      'end',
      'filtered',
    ]);
    const usage = { input: this.#random.below(4_000), output: 5, reasoning: 0, cacheRead: 0, cacheWrite: 0 };
    return { type: 'finished', stop, usage: this.#random.pick([null, usage]) };
  }

  *#turn(): Generator<ModelEvent, void> {
    const random = this.#random;
    if (random.chance(0.2)) {
      yield { type: 'text_delta', part: 0, text: voided };
      yield { type: 'tool_call_started', part: 1, id: 'call_0', name: 'edit' };
      yield { type: 'retrying', attempt: 1, waitMs: 0, reason: 'stream_broken', message: 'again' };
    }
    if (random.chance(0.3)) yield { type: 'reasoning_delta', part: 0, text: 'thinking' };
    if (random.chance(0.5 * this.#talkativeness))
      yield { type: 'text_delta', part: 1, text: random.pick(['Now', ' ']) };
    if (random.chance(0.9 * this.#talkativeness)) yield* this.#calls(random.below(6));
  }

  *#calls(count: number): Generator<ModelEvent, void> {
    const random = this.#random;
    for (let index = 0; index < count; index += 1) {
      const name = random.pick([
        'view',
        'view',
        'search',
        'edit',
        'shell',
        'View',
        'nothing',
        random.pick(['view', 'task_done']),
      ]);
      // Ids that begin again in every turn, some of them twice in one.
      yield { type: 'tool_call_started', part: index + 2, id: `call_${random.below(count)}`, name };
      yield { type: 'tool_call_delta', part: index + 2, arguments: random.pick(['{}', '{"a":1}', '{"a']) };
    }
  }
}

/** A run in which anything may happen; the same seed gives the same run. */
export function randomSchedule(seed: number): Schedule {
  const random = new Random(seed);
  const stage = new Stage(random);
  const options = optionsFor({
    model: stage.model(),
    tools: stage.tools(),
    maxSteps: 2 + random.below(8),
    ...(random.chance(0.5) ? { nudge: 'Go on.' } : {}),
    ...(random.chance(0.3)
      ? { verify: async () => random.pick([{ allow: true }, { allow: false, reason: 'Not yet.' }]) }
      : {}),
    ...(random.chance(0.3)
      ? { approve: async () => random.pick([{ allow: true }, { allow: false, reason: 'No.' }]) }
      : {}),
    ...(random.chance(0.5) ? { spill: async (callId: string) => `/spilled/${callId}` } : {}),
  });
  return { options, witness: stage.witness };
}
