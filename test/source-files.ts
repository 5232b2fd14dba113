import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Where the packages are. */
export const packagesFolder = fileURLToPath(new URL('../packages/', import.meta.url));

/** Every file of ours in a folder of each package, such as `cli/src/bin.ts`; what is built or installed is not walked. */
export async function sourceFiles(folder: 'src' | 'test'): Promise<readonly string[]> {
  const lists = await Promise.all(
    (await readdir(packagesFolder)).map(async (name) => {
      const files = await readdir(`${packagesFolder}${name}/${folder}`, { recursive: true });
      return files.filter((file) => /\.tsx?$/.test(file)).map((file) => `${name}/${folder}/${file}`);
    }),
  );
  return lists.flat();
}
