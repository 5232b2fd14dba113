/** The changed lines of a file between its unchanged beginning and end; empty where nothing changed. */
export function describeChange(name, before, after) {
  if (before === after) return `${name}: unchanged`;
  const old = before.split('\n');
  const now = after.split('\n');
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const lines = [
    ...old.slice(head, old.length - tail).map((line) => `- ${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+ ${line}`),
  ];
  return `${name}, line ${head + 1}:\n${lines.join('\n')}`;
}
