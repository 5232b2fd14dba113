import { stat } from 'node:fs/promises';
import { imagePath, type PathHost } from './read-image.js';

const most = 10;
/**
 * A word, or what stands in quotes, that ends as names of images do. Spaces that are escaped belong to the name. A word is
 * looked at from its beginning only, so that a long one costs no more than many short ones.
 */
const candidates =
  /"([^"\n]+\.(?:png|jpe?g|gif|webp))"|'([^'\n]+\.(?:png|jpe?g|gif|webp))'|(?<![^\s"'`<>()]|\\ )((?:\\ |[^\s"'`<>()])+\.(?:png|jpe?g|gif|webp))(?![\w/])/giu;

async function isFile(text: string, host: PathHost): Promise<boolean> {
  try {
    return (await stat(imagePath(text, host))).isFile();
  } catch {
    return false;
  }
}

/** The files that a task names as images, such as a path that was dragged into the terminal; only those that are there. */
export async function namedImages(task: string, host: PathHost): Promise<readonly string[]> {
  const found = [...task.matchAll(candidates)].map(([, double, single, bare]) => {
    const text = double ?? single ?? bare ?? '';
    return bare === undefined ? text : text.replaceAll('\\ ', ' ');
  });
  const names = [...new Set(found)].filter((name) => !/^https?:/i.test(name)).slice(0, most);
  const checked = await Promise.all(names.map(async (name) => ((await isFile(name, host)) ? [name] : [])));
  return checked.flat();
}
