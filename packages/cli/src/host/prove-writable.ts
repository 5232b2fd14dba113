import { open, rm, stat } from 'node:fs/promises';

/** Throws what writing a file would throw, now rather than at the end of a long run; nothing of it is left behind. */
export async function proveWritable(path: string): Promise<void> {
  const wasThere = await stat(path).then(
    () => true,
    () => false,
  );
  await (await open(path, 'a')).close();
  if (!wasThere) await rm(path);
}
