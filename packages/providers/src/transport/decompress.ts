import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** Nothing compressed is asked for, and some proxies compress all the same. */
export function decompressed(body: Readable, encoding: string | readonly string[] | undefined): Readable {
  const createDecoder = typeof encoding === 'string' ? decoders.get(encoding.trim().toLowerCase()) : undefined;
  // The error of a pipeline is heard by whoever reads its end.
  return createDecoder === undefined ? body : pipeline(body, createDecoder(), () => undefined);
}
