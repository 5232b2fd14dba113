import type { AgentEvent, EventOf, RunOutcome } from './agent-event.js';
import type { Message } from './message.js';
import type { Usage } from './model.js';

/** The conversation as the events tell it. Not a service: a value. */
export type Session = {
  readonly messages: readonly Message[];
  /** The sum of what was reported, and how many steps reported nothing. */
  readonly usage: Usage;
  readonly stepsWithoutUsage: number;
  readonly steps: number;
  readonly outcome?: RunOutcome;
};

const noUsage: Usage = { input: 0, output: 0, reasoning: 0, cacheRead: 0, cacheWrite: 0 };

export const emptySession: Session = { messages: [], usage: noUsage, stepsWithoutUsage: 0, steps: 0 };

function addUsage(total: Usage, step: Usage): Usage {
  const costUsd = step.costUsd === undefined ? total.costUsd : (total.costUsd ?? 0) + step.costUsd;
  return {
    input: total.input + step.input,
    output: total.output + step.output,
    reasoning: total.reasoning + step.reasoning,
    cacheRead: total.cacheRead + step.cacheRead,
    cacheWrite: total.cacheWrite + step.cacheWrite,
    ...(costUsd === undefined ? {} : { costUsd }),
  };
}

type StepFinished = EventOf<'step_finished'>;

const afterStep = (session: Session, { usage }: StepFinished): Session => ({
  ...session,
  steps: session.steps + 1,
  usage: usage === null ? session.usage : addUsage(session.usage, usage),
  stepsWithoutUsage: session.stepsWithoutUsage + (usage === null ? 1 : 0),
});

export function applyEvent(session: Session, event: AgentEvent): Session {
  switch (event.type) {
    case 'message_added':
      return { ...session, messages: [...session.messages, event.message] };
    case 'step_finished':
      return afterStep(session, event);
    case 'run_started': {
      const { outcome: _ended, ...open } = session;
      return open;
    }
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
