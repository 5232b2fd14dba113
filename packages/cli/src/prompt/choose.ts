import type { Paint } from '../output/paint.js';
import { askText } from './ask-line.js';
import type { Key } from './keys.js';
import type { Person } from './person.js';

export type Option<Value> = {
  readonly value: Value;
  readonly label: string;
  /** Shown beside the label. */
  readonly hint?: string;
};

/** What has been typed to narrow the list, and which of what is left is marked. */
export type ListState = { readonly filter: string; readonly position: number };

type Labelled = Pick<Option<unknown>, 'label' | 'hint'>;

/** The options that hold what was typed. */
export const narrowed = <Item extends Labelled>(options: readonly Item[], filter: string): readonly Item[] =>
  options.filter(({ label }) => label.toLowerCase().includes(filter.trim().toLowerCase()));

/** The list after a key, of which `count` options are to be seen before it. */
export function afterKey({ filter, position }: ListState, key: Key, count: number): ListState {
  switch (key.type) {
    case 'typed':
    case 'pasted':
      return { filter: `${filter}${key.text}`.slice(0, 40), position: 0 };
    case 'backspace':
      return { filter: filter.slice(0, -1), position: 0 };
    case 'clear':
      return { filter: '', position: 0 };
    case 'up':
      return { filter, position: count === 0 ? 0 : (position + count - 1) % count };
    case 'down':
      return { filter, position: count === 0 ? 0 : (position + 1) % count };
    case 'enter':
    case 'end':
    case 'interrupt':
      return { filter, position };
    default:
      return key satisfies never;
  }
}

type Screen = { readonly columns: number; readonly rows: number; readonly paint: Paint };

function optionRow({ label, hint = '' }: Labelled, width: number, isMarked: boolean, { columns, paint }: Screen) {
  const name = `${isMarked ? '❯' : ' '} ${label}`.slice(0, columns - 1);
  const room = columns - 1 - Math.max(name.length, width + 2) - 2;
  const beside = room < hint.length || hint === '' ? '' : `${' '.repeat(width + 4 - name.length)}${paint.faint(hint)}`;
  return `${isMarked ? paint.accent(name) : name}${beside}`;
}

/** The rows of the list, the last of which is the one that is typed in; none is wider than the screen. */
export function listRows(options: readonly Labelled[], { filter, position }: ListState, screen: Screen) {
  const left = narrowed(options, filter);
  const height = Math.max(3, Math.min(left.length, screen.rows - 4));
  const first = Math.max(0, Math.min(position - Math.floor(height / 2), left.length - height));
  const width = Math.max(...options.map(({ label }) => label.length));
  const rows = left
    .slice(first, first + height)
    .map((option, index) => optionRow(option, width, first + index === position, screen));
  const last = `> ${filter}`.slice(0, screen.columns - 1);
  return left.length === 0 ? [screen.paint.faint('  nothing matches'), last] : [...rows, last];
}

const eraseRows = (count: number): string =>
  count === 0 ? '' : `${count > 1 ? `\u001b[${count - 1}A` : ''}\r\u001b[J`;

async function chooseByArrows<Value>(person: Person, options: readonly Option<Value>[]): Promise<Value> {
  let state: ListState = { filter: '', position: 0 };
  let drawn = 0;
  for (;;) {
    const rows = listRows(options, state, person);
    person.write(`${eraseRows(drawn)}${rows.join('\n')}`);
    drawn = rows.length;
    const key = await person.nextKey();
    const left = narrowed(options, state.filter);
    const marked = left[state.position];
    if (key.type === 'enter' && marked !== undefined) {
      person.write(`${eraseRows(drawn)}> ${marked.label}\n`);
      return marked.value;
    }
    state = afterKey(state, key, left.length);
  }
}

/** The option that a number of the list, or its label, means. */
export const optionNamed = <Item extends Labelled>(answer: string, options: readonly Item[]): Item | undefined =>
  options.find(({ label }, index) => answer === String(index + 1) || answer.toLowerCase() === label.toLowerCase());

async function chooseByNumber<Value>(person: Person, options: readonly Option<Value>[]): Promise<Value> {
  options.forEach(({ label, hint }, index) =>
    person.write(`${String(index + 1).padStart(3)}  ${label}${hint === undefined ? '' : `: ${hint}`}\n`),
  );
  for (;;) {
    const chosen = optionNamed(await askText(person, 'Its number or name:'), options);
    if (chosen !== undefined) return chosen.value;
  }
}

/** Asks for one of several: with the arrow keys and by typing, or by number where lines cannot be written anew. */
export function choose<Value>(person: Person, question: string, options: readonly Option<Value>[]): Promise<Value> {
  const how = person.canRedraw ? person.paint.faint(' (arrow keys, or type a part of the name)') : '';
  person.write(`${person.paint.strong(question)}${how}\n`);
  return person.canRedraw ? chooseByArrows(person, options) : chooseByNumber(person, options);
}
