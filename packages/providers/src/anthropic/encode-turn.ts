import type { Message } from '@trae-cli/protocol';
import { answerBlocks } from './encode-answers.js';
import { assistantBlocks, isPaused, type Telling } from './encode-assistant.js';
import { contentBlocks, marked, messageOf, textBlocks, type WireBlock } from './wire-block.js';

export type TurnPlace = {
  /** Nothing has been sent before it: the first message has to be the person's. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether the end of the turn is marked for the cache. */
  readonly isMarked: boolean;
};

type Turn = { readonly assistant: readonly WireBlock[]; readonly user: readonly WireBlock[] };

/** Results come first in the message of the user, and the person's words behind them. */
function blocksOf([first, ...rest]: readonly Message[], telling: Telling, { isLast }: TurnPlace): Turn {
  const all = first === undefined ? [] : [first, ...rest];
  const words = all.flatMap((message) =>
    message.role === 'user' ? contentBlocks(message.content, telling.reader) : [],
  );
  if (first?.role !== 'assistant') return { assistant: [], user: words };
  const answers = rest.filter((message) => message.role === 'tool');
  const isTrailing = isLast && rest.length === 0;
  const assistant = assistantBlocks(first, telling, isTrailing);
  const results = assistant.length === 0 ? [] : answerBlocks(first, answers, telling);
  return { assistant, user: [...results, ...words] };
}

/**
 * What stands in where the protocol wants the person to speak and nobody has: at the beginning, and behind an answer that
 * is the end of the conversation, unless the service itself has paused there and is to go on.
 */
const begins = textBlocks('(The conversation begins here.)');
const goOn = textBlocks('Go on.');

function wanting(
  turn: Turn,
  messages: readonly Message[],
  { isLast }: TurnPlace,
  { reader }: Telling,
): readonly WireBlock[] {
  if (turn.user.length > 0 || turn.assistant.length === 0 || !isLast) return turn.user;
  const [first] = messages;
  return first?.role === 'assistant' && messages.length === 1 && isPaused(first, reader) ? [] : goOn;
}

/** How many blocks before a mark the service looks for what it has cached; a little less, to be safe. */
const lookBack = 18;

/**
 * The end of the turn is marked, and a long turn in its midst as well: the service looks only so far back from a mark
 * for the end of the turn before, which was marked in the request before.
 */
function withMarks(blocks: readonly WireBlock[], isMarked: boolean): readonly string[] {
  const last = isMarked ? blocks.findLastIndex(({ mayBeMarked }) => mayBeMarked) : -1;
  const midst =
    last <= lookBack ? -1 : blocks.findLastIndex(({ mayBeMarked }, index) => mayBeMarked && index < lookBack);
  return blocks.map(({ json }, index) => (index === last || index === midst ? marked(json) : json));
}

/** An answer of the model with all that follows it up to the next one, as the text between the brackets of `messages`. */
export function encodeTurn(messages: readonly Message[], place: TurnPlace, telling: Telling): string {
  const turn = blocksOf(messages, telling, place);
  const user = wanting(turn, messages, place, telling);
  const { length } = turn.assistant;
  const blocks = withMarks([...turn.assistant, ...user], place.isMarked);
  const needsBeginning = place.isFirst && (length > 0 || user.length === 0);
  return [
    ...(needsBeginning
      ? [
          messageOf(
            'user',
            begins.map(({ json }) => json),
          ),
        ]
      : []),
    ...(length === 0 ? [] : [messageOf('assistant', blocks.slice(0, length))]),
    ...(user.length === 0 ? [] : [messageOf('user', blocks.slice(length))]),
  ].join(',');
}
