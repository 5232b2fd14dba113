import type { AgentEvent, EventOf, RunOutcome } from './agent-event.js';
import type { Message, ModelRef } from './message.js';
import type { Usage } from './model.js';

/** The conversation as the events tell it. Not a service: a value. */
export type Session = {
  readonly messages: readonly Message[];
  /** The sum of what was reported, and how many steps reported nothing. */
  readonly usage: Usage;
  readonly stepsWithoutUsage: number;
  /** Steps of which nobody knows what they cost; they are in no sum. */
  readonly stepsWithoutCost: number;
  readonly steps: number;
  /** The same by model; the one that is asked now stands last. */
  readonly models: readonly ModelTotals[];
  readonly outcome?: RunOutcome;
};

/** What one model took. */
export type ModelTotals = {
  readonly model: ModelRef;
  readonly steps: number;
  readonly usage: Usage;
  readonly stepsWithoutUsage: number;
  readonly stepsWithoutCost: number;
  /** Milliseconds of waiting for its answers, retries included. */
  readonly durationMs: number;
};

const noUsage: Usage = { input: 0, output: 0, reasoning: 0, cacheRead: 0, cacheWrite: 0 };

export const emptySession: Session = {
  messages: [],
  usage: noUsage,
  stepsWithoutUsage: 0,
  stepsWithoutCost: 0,
  steps: 0,
  models: [],
};

function addUsage(total: Usage, step: Usage): Usage {
  const costUsd = step.costUsd === undefined ? total.costUsd : (total.costUsd ?? 0) + step.costUsd;
  return {
    input: total.input + step.input,
    output: total.output + step.output,
    reasoning: total.reasoning + step.reasoning,
    cacheRead: total.cacheRead + step.cacheRead,
    cacheWrite: total.cacheWrite + step.cacheWrite,
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(total.isCostReckoned === true || step.isCostReckoned === true ? { isCostReckoned: true as const } : {}),
  };
}

type StepFinished = EventOf<'step_finished'>;

type Totals = Pick<Session, 'steps' | 'usage' | 'stepsWithoutUsage' | 'stepsWithoutCost'>;

const addStep = (totals: Totals, usage: Usage | null): Totals => ({
  steps: totals.steps + 1,
  usage: usage === null ? totals.usage : addUsage(totals.usage, usage),
  stepsWithoutUsage: totals.stepsWithoutUsage + (usage === null ? 1 : 0),
  stepsWithoutCost: totals.stepsWithoutCost + (usage?.costUsd === undefined ? 1 : 0),
});

const isSame = (one: ModelRef, other: ModelRef): boolean =>
  one.provider === other.provider && one.model === other.model;

/** The model that is asked now stands last. */
function begun(models: readonly ModelTotals[], model: ModelRef): readonly ModelTotals[] {
  const known = models.find((totals) => isSame(totals.model, model));
  const fresh = { model, steps: 0, usage: noUsage, stepsWithoutUsage: 0, stepsWithoutCost: 0, durationMs: 0 };
  return [...models.filter((totals) => totals !== known), known ?? fresh];
}

function changeLast(
  models: readonly ModelTotals[],
  change: (totals: ModelTotals) => Partial<ModelTotals>,
): readonly ModelTotals[] {
  const last = models.at(-1);
  return last === undefined ? models : [...models.slice(0, -1), { ...last, ...change(last) }];
}

const afterStep = (session: Session, { usage }: StepFinished): Session => ({
  ...session,
  ...addStep(session, usage),
  models: changeLast(session.models, (totals) => addStep(totals, usage)),
});

export function applyEvent(session: Session, event: AgentEvent): Session {
  switch (event.type) {
    case 'message_added':
      return { ...session, messages: [...session.messages, event.message] };
    case 'step_finished':
      return afterStep(session, event);
    case 'run_started': {
      const { outcome: _ended, ...open } = session;
      return { ...open, models: begun(session.models, event.model) };
    }
    case 'model_called':
      return {
        ...session,
        models: changeLast(session.models, ({ durationMs }) => ({ durationMs: durationMs + event.durationMs })),
      };
    case 'run_finished':
      return { ...session, outcome: event.outcome };
    default:
      return session;
  }
}

/** The same fold, kept open: linear over a long run, where `applyEvent` copies the conversation at every message. */
export interface SessionFold {
  apply(event: AgentEvent): void;
  session(): Session;
}

export function createSessionFold(): SessionFold {
  const messages: Message[] = [];
  let session = emptySession;
  return {
    apply(event) {
      if (event.type === 'message_added') messages.push(event.message);
      else session = applyEvent(session, event);
    },
    session: () => ({ ...session, messages: [...messages] }),
  };
}

/** The session a whole record tells. */
export async function foldSession(events: AsyncIterable<AgentEvent> | Iterable<AgentEvent>): Promise<Session> {
  const fold = createSessionFold();
  for await (const event of events) fold.apply(event);
  return fold.session();
}
