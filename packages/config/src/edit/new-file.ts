import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, type JsonObject, reasonOf, TraeError } from '@trae-cli/protocol';
import { notationOf } from '../read/read-document.js';
import { jsonText } from './json-text.js';
import { blockLines } from './yaml-text.js';

function textFor(path: string, document: JsonObject): string | undefined {
  switch (notationOf(path, '')) {
    case 'json':
      return `${jsonText(document, '', { unit: '  ', lineBreak: '\n' })}\n`;
    case 'yaml':
      return blockLines(document, '', '  ')
        .map((line) => `${line}\n`)
        .join('');
    default:
      return undefined;
  }
}

const unwritten = (path: string, reason: string, cause?: unknown): TraeError =>
  new TraeError('config_invalid', `${path} cannot be written: ${reason}.`, {
    hint: 'Make its folder writable, or name a file that is not there yet, such as trae_config.yaml.',
    ...(cause === undefined ? {} : { cause }),
  });

/** What `writeNewConfig` promises. */
export async function writeNewFile(path: string, document: JsonObject): Promise<void> {
  const text = textFor(path, document);
  if (text === undefined) throw unwritten(path, 'its name tells no format that is written');
  let isOurs = false;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Whatever has appeared there since is not overwritten, nor written through.
    await using file = await open(path, 'wx', 0o600);
    isOurs = true;
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    if (isOurs) await rm(path, { force: true }).catch(() => undefined);
    throw unwritten(path, hasCode(error, 'EEXIST') ? 'it is there already' : reasonOf(error), error);
  }
}
