/** Cuts a body at the given byte positions, wherever in a character they fall. */
export function splitAt(body: string | Uint8Array, positions: readonly number[]): readonly Uint8Array[] {
  const bytes = Buffer.from(body);
  const borders = [0, ...positions.toSorted((a, b) => a - b), bytes.length];
  return borders
    .slice(1)
    .map((end, index) => bytes.subarray(borders[index], end))
    .filter((packet) => packet.length > 0);
}

/** Cuts a body into packets of `size` bytes. */
export function splitEvery(body: string | Uint8Array, size: number): readonly Uint8Array[] {
  const bytes = Buffer.from(body);
  return splitAt(
    bytes,
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size),
  );
}
