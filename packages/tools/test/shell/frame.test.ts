import { expect, test } from 'vitest';
import { closingFrame, FrameScanner } from '../../src/shell/frame.js';

const marker = 'AbCdEfGhIjKlMnOpQrStUv';
const frame = `\x1e${marker}\x1f7\x1f1234\x1f/home/a\nb\0`;

test('the frame is found wherever the bytes are cut', () => {
  const bytes = Buffer.from(`some\x1eoutput \x1e${marker.slice(0, 9)} é${frame}late`);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const scanner = new FrameScanner(marker);
    const first = scanner.push(bytes.subarray(0, cut));
    const second = first.end === undefined ? scanner.push(bytes.subarray(cut)) : undefined;
    const end = first.end ?? second?.end;
    expect(Buffer.concat([first.output, second?.output ?? Buffer.alloc(0)]).toString()).toBe(
      `some\x1eoutput \x1e${marker.slice(0, 9)} é`,
    );
    expect(end?.frame).toEqual({ status: 7, hasJobs: true, directory: '/home/a\nb', isClosing: false });
    expect('late'.startsWith(end?.rest.toString() ?? '?')).toBe(true);
  }
});

test('the frame is found when every byte comes alone', () => {
  const scanner = new FrameScanner(marker);
  let output = '';
  let ended = false;
  for (const byte of Buffer.from(`a\x1eb${frame}`)) {
    const scanned = scanner.push(Buffer.from([byte]));
    output += scanned.output.toString();
    ended ||= scanned.end !== undefined;
  }
  expect({ output, ended }).toEqual({ output: 'a\x1eb', ended: true });
});

test('our own closing frame is told from that of the shell', () => {
  const end = new FrameScanner(marker).push(Buffer.from(closingFrame(marker, 137))).end;
  expect(end?.frame).toEqual({ status: 137, hasJobs: false, directory: '', isClosing: true });
});
