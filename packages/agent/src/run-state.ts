import {
  type AgentEvent,
  asTraeError,
  callsOf,
  isJsonObject,
  type JsonValue,
  type Message,
  type RunOutcome,
  type StoppedReason,
} from '@trae-cli/protocol';
import { Budget } from './budget.js';
import { CallIds } from './calls/call-ids.js';
import { Context } from './conversation/context.js';
import { Conversation } from './conversation/conversation.js';
import { preambleSize } from './conversation/message-size.js';
import type { AgentOptions } from './options.js';
import { Patience } from './patience.js';
import type { Scope } from './scope.js';
import { Toolbox } from './calls/toolbox.js';

/** What lives as long as a run. */
export type Run = {
  readonly options: AgentOptions;
  readonly toolbox: Toolbox;
  readonly conversation: Conversation;
  readonly context: Context;
  /** The messages from here on are this run's. */
  readonly historyLength: number;
  readonly callIds: CallIds;
  readonly budget: Budget;
  /** With answers that say nothing, and with answers that are cut off. */
  readonly patience: { readonly empty: Patience; readonly truncated: Patience };
};

/** One step of a run: its number, from 1, and the scope in which its work runs. */
export type Step = { readonly run: Run; readonly number: number; readonly scope: Scope };

export function openRun(options: AgentOptions, history: readonly Message[]): Run {
  const toolbox = new Toolbox(options.tools);
  const conversation = new Conversation(preambleSize(options.instructions, toolbox.specs));
  const callIds = new CallIds();
  for (const message of history) {
    conversation.add(message);
    if (message.role === 'assistant') for (const call of callsOf(message)) callIds.claim(call.id);
  }
  callIds.settleTurn();
  const { model, sampling, spill } = options;
  const context = new Context(conversation, { traits: model.traits, sampling, spill });
  const patience = { empty: new Patience(), truncated: new Patience() };
  const budget = new Budget(options.budget ?? {}, model.traits.price);
  return { options, toolbox, conversation, context, historyLength: conversation.length, callIds, budget, patience };
}

/** The message becomes part of the conversation; the event tells so. */
export function added(run: Run, step: number, message: Message, details?: JsonValue): AgentEvent {
  const outputFile = isJsonObject(details) ? details['outputFile'] : undefined;
  run.conversation.add(message, typeof outputFile === 'string' ? outputFile : undefined);
  return { type: 'message_added', step, message };
}

export const stopped = (reason: StoppedReason): RunOutcome => ({ status: 'stopped', reason });

export const failed = (thrown: unknown): RunOutcome => ({ status: 'failed', error: asTraeError(thrown).toRecord() });
