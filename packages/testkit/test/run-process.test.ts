import { runProcess, startProcess } from '@trae-cli/testkit';
import { expect, test } from 'vitest';

const node = process.execPath;
const script = (source: string): readonly string[] => ['-e', source];

test('output, errors and exit code come back', async () => {
  const source = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 3';
  expect(await runProcess(node, script(source))).toEqual({ exitCode: 3, signal: null, stdout: 'out', stderr: 'err' });
});

test('input is read to its end, and the environment is the one given', async () => {
  const source = 'process.stdin.on("data", (d) => process.stdout.write(`${process.env.WORD}:${d}`))';
  const result = await runProcess(node, script(source), { input: 'hello', env: { WORD: 'said' } });
  expect(result.stdout).toBe('said:hello');
});

test('one can wait for a text, answer it, and end the input', async () => {
  const source = 'console.log("ready"); process.stdin.on("data", (d) => console.log(`heard ${d}`))';
  await using child = startProcess(node, script(source), { keepInputOpen: true });
  await child.untilOutput('ready');
  child.write('hello');
  await child.untilOutput('heard hello');
  child.closeInput();
  expect((await child.ended).exitCode).toBe(0);
});

test('waiting for a text that never comes fails with what was said instead', async () => {
  await using child = startProcess(node, script('console.log("something else")'));
  await expect(child.untilOutput('the text')).rejects.toThrow('something else');
});

test('an abort kills the process, and the result names the signal', async () => {
  const controller = new AbortController();
  const child = startProcess(node, script('console.log("up"); setInterval(() => {}, 1000)'), {
    signal: controller.signal,
  });
  await child.untilOutput('up');
  controller.abort();
  expect(await child.ended).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
});

test('leaving the scope kills the process even while a grandchild holds its output', async () => {
  const grandchild = `require("node:child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 3000)"], { stdio: "inherit" })`;
  let ended;
  {
    await using child = startProcess(node, script(`${grandchild}; console.log("up"); setInterval(() => {}, 1000)`));
    await child.untilOutput('up');
    ended = child.ended;
  }
  expect(await ended).toMatchObject({ signal: 'SIGKILL' });
});

test('a program that does not exist is an exception', async () => {
  await expect(runProcess('no-such-program-anywhere', [])).rejects.toThrow('ENOENT');
});

test('output is heard as it comes', async () => {
  const heard: string[] = [];
  await runProcess(node, script('console.error("oops")'), {
    onOutput: (text, stream) => heard.push(`${stream}: ${text}`),
  });
  expect(heard.join('')).toBe('stderr: oops\n');
});
