import type { Key } from './keys.js';
import type { Person } from './person.js';

const longestAnswer = 16 * 1024;
const eraseLine = '\r\u001b[K';

/** How the line that is being typed is shown. */
type Shown = {
  readonly whole: (text: string, columns: number) => string;
  /** Whether what is typed may be seen where a line cannot be written anew. */
  readonly isEchoed: boolean;
};

/** The text after a key. */
function edited(text: string, key: Key): string {
  switch (key.type) {
    case 'typed':
    case 'pasted':
      return `${text}${key.text}`.slice(0, longestAnswer);
    case 'backspace':
      return Array.from(text).slice(0, -1).join('');
    case 'clear':
      return '';
    case 'enter':
    case 'end':
    case 'up':
    case 'down':
    case 'interrupt':
      return text;
    default:
      return key satisfies never;
  }
}

function redraw(person: Person, before: string, after: string, { whole, isEchoed }: Shown): void {
  if (person.canRedraw) person.write(`${eraseLine}> ${whole(after, person.columns - 4)}`);
  else if (isEchoed && after.startsWith(before)) person.write(after.slice(before.length));
  else if (isEchoed) person.write('\b \b'.repeat(Array.from(before).length - Array.from(after).length));
}

async function readLine(person: Person, shown: Shown): Promise<string> {
  person.write('> ');
  let text = '';
  for (;;) {
    const key = await person.nextKey();
    if (key.type === 'enter' || (key.type === 'end' && text !== '')) {
      person.write('\n');
      return text;
    }
    const before = text;
    text = edited(text, key);
    redraw(person, before, text, shown);
  }
}

const oneLine = (text: string): string => text.replaceAll(/[\r\n\t]+/g, ' ');

/** Asks for a line of text, without the white space around it. `otherwise` is the answer of an empty line. */
export async function askText(person: Person, question: string, otherwise?: string): Promise<string> {
  const offer = (otherwise ?? '') === '' ? '' : ` [${otherwise}]`;
  person.write(`${person.paint.strong(question)}${offer}\n`);
  for (;;) {
    const answer = await readLine(person, { whole: (text, columns) => oneLine(text).slice(-columns), isEchoed: true });
    const text = oneLine(answer).trim();
    if (text !== '') return text;
    if (otherwise !== undefined) return otherwise;
  }
}

/** Asks for what nobody may see: only its length is shown. The answer is as it was typed or pasted, and not blank. */
export async function askSecret(person: Person, question: string): Promise<string> {
  person.write(`${person.paint.strong(question)}\n`);
  const whole = (text: string): string =>
    person.paint.faint(text === '' ? '' : `${Array.from(text).length} characters`);
  for (;;) {
    const answer = await readLine(person, { whole, isEchoed: false });
    if (answer.trim() === '') continue;
    await person.discardRest();
    return answer;
  }
}

/** Asks for yes or no; an empty line is no. */
export async function confirm(person: Person, question: string): Promise<boolean> {
  for (;;) {
    const answer = (await askText(person, `${question} (y/n)`, 'n')).toLowerCase();
    if (/^y(es)?$/.test(answer)) return true;
    if (/^no?$/.test(answer)) return false;
  }
}
