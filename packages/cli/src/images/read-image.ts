import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ImagePart, reasonOf, TraeError } from '@trae-cli/protocol';
import type { Host } from '../host/host.js';
import { mediaTypeOf } from './image-kind.js';

/** The most that the strictest of the services takes. */
const mostMebibytes = 5;
const mostBytes = mostMebibytes * 1024 * 1024;

const unusable = (name: string, problem: string, hint: string): TraeError =>
  new TraeError('usage', `The image ${name} ${problem}.`, { hint });

async function bytesOf(source: AsyncIterable<Uint8Array>, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > mostBytes)
      throw unusable(name, `is larger than ${mostMebibytes} MiB`, 'Make it smaller, or cut out the part that matters.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads an image to its end. Throws a usage error about `name` where it is too large or none that models read. */
export async function imageFrom(source: AsyncIterable<Uint8Array>, name: string): Promise<ImagePart> {
  const bytes = await bytesOf(source, name);
  if (bytes.length === 0) throw unusable(name, 'is empty', 'Name a file that has an image in it.');
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === undefined)
    throw unusable(name, 'is not a PNG, JPEG, GIF or WebP image', 'Models read those four kinds; convert it to one.');
  return { type: 'image', mediaType, base64: bytes.toString('base64') };
}

/** Where paths lead. */
export type PathHost = Pick<Host, 'homeDirectory' | 'resolvePath'>;

/** The path that a person means: `~` and `file:` addresses are what shells and desktops paste. */
export function imagePath(text: string, host: PathHost): string {
  if (text.startsWith('file://')) return fileURLToPath(text);
  return text.startsWith('~/') ? join(host.homeDirectory, text.slice(2)) : host.resolvePath(text);
}

/** An image from a file. A pipe or a device would never end. */
export async function readImageFile(text: string, host: PathHost, signal: AbortSignal): Promise<ImagePart> {
  try {
    const path = imagePath(text, host);
    if (!(await stat(path)).isFile()) throw unusable(text, 'is not a file', 'Name an image file.');
    return await imageFrom(createReadStream(path, { signal }), text);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TraeError) throw error;
    throw unusable(
      text,
      `cannot be read: ${reasonOf(error)}`,
      'Name an image file, or an address that begins with https://.',
    );
  }
}
