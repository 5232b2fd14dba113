import { type AssistantMessage, callsOf, type ToolMessage, textOf } from '@trae-cli/protocol';
import { answersTo, answerText, isFrom, unanswered, wireId, wireName } from '../service/history.js';
import type { Telling } from './encode-assistant.js';
import { block, contentBlocks, textBlocks, type WireBlock } from './wire-block.js';

type Answered = ReturnType<typeof answersTo>[number];

const imagesIn = ({ content }: ToolMessage) => content.filter((part) => part.type === 'image');

/** An error may be told in text only; and text that is nothing but space is refused. */
const wordsOf = (answer: ToolMessage | undefined): string =>
  answer !== undefined && textOf(answer.content).trim() === ''
    ? answerText({ ...answer, content: imagesIn(answer) })
    : answerText(answer);

function resultBlock(answer: Answered['answer'], id: string, { reader }: Telling): WireBlock {
  const isError = answer === undefined || answer.status === 'error';
  const result = { type: 'tool_result', tool_use_id: id };
  if (isError) return block({ ...result, content: wordsOf(answer), is_error: true });
  if (imagesIn(answer).length === 0) return block({ ...result, content: wordsOf(answer) });
  const parts = contentBlocks(answer.content, reader).map(({ json }) => json);
  const head = JSON.stringify({ ...result, content: [] }).slice(0, -2);
  return { json: `${head}${parts.join(',')}]}`, mayBeMarked: true };
}

/** Behind all the results, since those of errors take no images. */
const imagesOfErrors = (answers: readonly Answered[], { reader }: Telling): readonly WireBlock[] =>
  answers.flatMap(({ answer }) => {
    if (answer === undefined || answer.status === 'ok' || imagesIn(answer).length === 0) return [];
    const lead = `The image that ${wireName(answer.toolName)} answered with:`;
    return [...textBlocks(lead), ...contentBlocks(imagesIn(answer), reader)];
  });

const answerInWords = ({ answer }: Answered, { reader }: Telling): readonly WireBlock[] => {
  if (answer === undefined) return textBlocks(`[${unanswered}]`);
  const images = contentBlocks(imagesIn(answer), reader);
  return [...textBlocks(`[The tool ${wireName(answer.toolName)} answered]\n${wordsOf(answer)}`), ...images];
};

/** The answers to all calls of a message, in the order asked, whatever happened. */
export function answerBlocks(
  message: AssistantMessage,
  answers: readonly ToolMessage[],
  telling: Telling,
): readonly WireBlock[] {
  const isOwn = isFrom(message, telling.reader);
  const answered = answersTo(callsOf(message), answers);
  if (!telling.hasTools) return answered.flatMap((one) => answerInWords(one, telling));
  return [
    ...answered.map((one) => resultBlock(one.answer, wireId(one.id, isOwn), telling)),
    ...imagesOfErrors(answered, telling),
  ];
}
