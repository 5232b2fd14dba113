import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { never, toolbox } from '../toolbox.js';

const ok = (output: string): string => `${output}[exit code 0]`;

test('standard output and error are in the order they came', async () => {
  await using box = await toolbox();
  const command =
    'for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; done; bash -c "echo child out; echo child err >&2"';
  const lines = [1, 2, 3, 4, 5].map((i) => `out ${i}\nerr ${i}\n`).join('');
  expect(await box.bash(command)).toBe(ok(`${lines}child out\nchild err\n`));
});

test('output without a final line end is told as it is', async () => {
  await using box = await toolbox();
  expect(await box.bash('printf abc')).toBe('abc\n[exit code 0]');
  expect(await box.workspace.shell.run('printf abc', { signal: never, timeoutMs: 9_000 })).toMatchObject({
    output: 'abc',
  });
});

test('a program may open its own standard output and error again', async () => {
  await using box = await toolbox();
  expect(await box.bash('echo a > /dev/stdout; echo b > /dev/stderr; echo c | tee /dev/stderr')).toBe(
    ok('a\nb\nc\nc\n'),
  );
});

test('text that looks like an end marker is output', async () => {
  await using box = await toolbox();
  const command = String.raw`printf '\036aaaaaaaaaaaaaaaaaaaaaa\0370\037\037/\000after\n'; printf '\036'; sleep 0.05; echo x`;
  const result = await box.workspace.shell.run(command, { signal: never, timeoutMs: 9_000 });
  expect(result.output).toContain('aaaaaaaaaaaaaaaaaaaaaa0/␀after\nx\n');
});

test('a command finds the marker of its end nowhere', async () => {
  await using box = await toolbox();
  const answer = await box.bash(
    'set; declare -p; env; cat /proc/$$/environ /proc/$$/cmdline; ls -la "$(dirname "$(readlink /proc/$$/fd/1)")"',
  );
  expect(answer).toMatch(/\[exit code 0\]$/);
  expect(answer).not.toMatch(/__trae_marker=/);
});

test('any bytes are read without failing', async () => {
  await using box = await toolbox();
  expect(
    await box.bash(String.raw`printf 'a\xffb\xc3(\xe2\x82\n'; printf 'nul\0byte\n'; printf '\xf0\x9f\x98\x80\n'`),
  ).toBe(ok('a\ufffdb\ufffd(\ufffd\nnul␀byte\n😀\n'));
  expect(await box.bash('head -c 100000 /dev/urandom')).toMatch(/\[exit code 0\]$/);
});

test('a progress bar is its last state, and colours are gone', async () => {
  await using box = await toolbox();
  const command = String.raw`for i in 1 50 100; do printf '\r%s %%' $i; done; echo; printf '\033[31mred\033[0m \033]8;;http://x\007link\033]8;;\007\n'`;
  expect(await box.bash(command)).toBe(ok('100 %\nred link\n'));
});

test('a long output keeps head and tail, and the file has everything', async () => {
  await using box = await toolbox();
  const result = await box.workspace.shell.run('seq 1 200000', { signal: never, timeoutMs: 60_000 });
  const whole = Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join('');
  expect(await readFile(result.outputFile ?? '', 'utf8')).toBe(whole);
  expect((await stat(result.outputFile ?? '')).mode & 0o777).toBe(0o600);
  expect(result.output.length).toBeLessThan(31_000);
  const [head = '', tail = ''] = result.output.split(/\[… .* …\]\n/);
  expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
  const omitted = whole.length - head.length - tail.length;
  expect(result.output).toContain(`[… ${omitted.toLocaleString('en')} characters, `);
  expect(result.output).toContain(`the whole output is in ${result.outputFile}`);
});

test('an output just within the bounds is told whole, without a file', async () => {
  await using box = await toolbox();
  const result = await box.workspace.shell.run(`printf 'x%.0s' {1..30000}`, { signal: never, timeoutMs: 9_000 });
  expect(result.output).toBe('x'.repeat(30_000));
  expect(result.outputFile).toBeUndefined();
});

test('half a gigabyte of output takes no more memory than a megabyte', async () => {
  await using box = await toolbox();
  await box.bash('head -c 1000000 /dev/zero | tr "\\0" x');
  const before = process.memoryUsage().rss;
  const samples: number[] = [];
  const probe = setInterval(() => samples.push(process.memoryUsage().rss), 20);
  const result = await box.workspace.shell.run(`head -c 512M /dev/zero | tr '\\0' x`, {
    signal: never,
    timeoutMs: 60_000,
  });
  clearInterval(probe);
  expect(result).toMatchObject({ end: 'exited', exitCode: 0 });
  expect((await stat(result.outputFile ?? '')).size).toBe(512 * 1024 ** 2);
  const half = Math.floor(samples.length / 2);
  const [early, late] = [Math.max(...samples.slice(0, half)), Math.max(...samples.slice(half))];
  // Flat: the second half of the output takes no more than the first; how much that is, Node's collector decides.
  expect((late - early) / 1024 ** 2).toBeLessThan(48);
  expect((late - before) / 1024 ** 2).toBeLessThan(400);
}, 60_000);

test('an output that cannot be saved is still answered with head and tail', async () => {
  await using box = await toolbox();
  await box.workspace.spill('first', '');
  const directory = (await box.workspace.spill('second', '')).replace(/\/[^/]*$/, '');
  await box.workspace.exec('sh', ['-c', `rm -r '${directory}' && echo > '${directory}'`], { signal: never });
  const result = await box.workspace.shell.run('seq 20000; exit 2', { signal: never, timeoutMs: 9_000 });
  expect(result).toMatchObject({ end: 'exited', exitCode: 2 });
  expect(result.output).toMatch(
    /^1\n[^]*the whole output could not be saved: a part of the path is not a directory[^]*\n20000\n$/,
  );
  expect(result.outputFile).toBeUndefined();
});

test('a spilled text gets a path of its own, is redacted and can be viewed', async () => {
  await using box = await toolbox();
  const first = await box.workspace.spill('bash call/1', 'old output\n');
  const second = await box.workspace.spill('bash call/1', 'another\n');
  expect(second).not.toBe(first);
  expect(await box.edit({ command: 'view', path: first })).toBe('     1\told output');
  expect(await box.edit({ command: 'insert', path: first, insert_line: 0, new_str: 'x' })).toMatch(
    /can be viewed and not changed/,
  );
});
