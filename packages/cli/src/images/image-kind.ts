/** The kinds of images that models read, told by how their bytes begin, whatever the name says. */
const kinds: readonly (readonly [mediaType: string, isIt: (bytes: Buffer) => boolean])[] = [
  ['image/png', (bytes) => bytes.subarray(0, 8).toString('latin1') === '\u0089PNG\r\n\u001A\n'],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).toString('latin1') === '\u00FF\u00D8\u00FF'],
  ['image/gif', (bytes) => /^GIF8[79]a/.test(bytes.subarray(0, 6).toString('latin1'))],
  [
    'image/webp',
    (bytes) =>
      bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
  ],
];

/** The media type of an image, or undefined where it is none that models read. */
export const mediaTypeOf = (bytes: Buffer): string | undefined => kinds.find(([, isIt]) => isIt(bytes))?.[0];
