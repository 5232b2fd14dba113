/** What the scripted model says: a number of steps with one command each, then `task_done`. The same in every run. */

/** A script is `{ steps, output }`, its output being `short` (an echo) or `large` (20 kB). */
export const largeOutputBytes = 20_000;

/** The folder of large outputs stands beside the workspace, so that the command is the same wherever the run is. */
export const largeOutputFile = (step) => `../outputs/${step}.txt`;

const words = [
  'alpha',
  'build',
  'cache',
  'delta',
  'event',
  'frame',
  'graph',
  'heap',
  'index',
  'joint',
  'kernel',
  'list',
];

/** Lines like those of a build log, no two alike; a linear congruential generator stands in for variety. */
export function largeOutput(step) {
  let state = step;
  const next = (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % limit;
  };
  let text = `${markOf(step)} begins\n`;
  while (text.length < largeOutputBytes) {
    const name = Array.from({ length: 4 }, () => words[next(words.length)]).join('/');
    text += `[${String(next(100_000)).padStart(5, '0')}] compiled "${name}.ts" in ${next(900)} ms, ${next(1_000_000)} bytes\n`;
  }
  return text.slice(0, largeOutputBytes);
}

/** What the answer to a step's command has to contain, or the command was never run. */
export const markOf = (step) => `step ${step}`;

const commandOf = ({ output }, step) => (output === 'large' ? `cat ${largeOutputFile(step)}` : `echo ${markOf(step)}`);

/** The turn that follows `step - 1` finished steps: its text, its one call and the id of that call. */
export function turnOf(script, step) {
  const isLast = step > script.steps;
  const text = isLast ? 'Every step has been done.' : `Now comes ${markOf(step)} of ${script.steps}.`;
  const name = isLast ? 'task_done' : 'bash';
  const input = isLast ? { summary: 'All done.' } : { command: commandOf(script, step) };
  return { id: `call_${step}`, text, name, arguments: JSON.stringify(input) };
}

const pieces = (text, length) => text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];

const chunk = (delta, finishReason = null) => ({ choices: [{ index: 0, delta, finish_reason: finishReason }] });

/** The turn as a service streams it: the text word by word, the arguments in fragments. */
export function chunksOf(turn) {
  const call = { index: 0, id: turn.id, type: 'function', function: { name: turn.name, arguments: '' } };
  return [
    chunk({ role: 'assistant', content: '' }),
    ...turn.text.split(/(?<= )/).map((word) => chunk({ content: word })),
    chunk({ tool_calls: [call] }),
    ...pieces(turn.arguments, 8).map((part) => chunk({ tool_calls: [{ index: 0, function: { arguments: part } }] })),
    chunk({}, 'tool_calls'),
  ];
}
