import { type ImagePart, messageOf, type Model, TraeError, type UserMessage } from '@trae-cli/protocol';
import { download, type NetworkSettings } from '@trae-cli/providers';
import type { Host } from '../host/host.js';
import { namedImages } from './named-images.js';
import { imageFrom, readImageFile } from './read-image.js';

const mostImages = 20;
const longestDownloadMs = 60_000;

export type ImageRequest = {
  readonly task: string;
  /** Paths and addresses that were asked for by a flag. */
  readonly images: readonly string[];
  readonly model: Model;
  /** A recorded run reads nothing and compares what it was given. */
  readonly isLive: boolean;
  readonly network: NetworkSettings | undefined;
};

export type IllustratedTask = { readonly message: UserMessage; readonly notices: readonly string[] };

const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

function requireSight({ images, isLive, model }: ImageRequest): void {
  const { ref, traits } = model;
  if (images.length === 0 || traits.images || !isLive) return;
  throw new TraeError('usage', `${ref.model} of ${ref.provider} is not known to read images, and --image was given.`, {
    hint: `Choose a model that does with --model, or say that it does: "multimodal": true under model_providers.${ref.provider}.`,
  });
}

function requireFew(images: readonly string[]): void {
  if (images.length <= mostImages) return;
  throw new TraeError('usage', `--image was given ${images.length} times; ${mostImages} is the most there may be.`);
}

async function readImage(text: string, request: ImageRequest, at: Place): Promise<ImagePart> {
  if (!isAddress(text)) return readImageFile(text, at.host, at.signal);
  // A server that gives a byte now and then would never come to an end.
  const signal = AbortSignal.any([at.signal, AbortSignal.timeout(longestDownloadMs)]);
  try {
    return await imageFrom(download(text, request.network, signal), text);
  } catch (error) {
    at.signal.throwIfAborted();
    if (!signal.aborted) throw error;
    throw new TraeError('usage', `The image ${text} did not come within a minute.`, {
      hint: 'Save it, and name the file.',
    });
  }
}

export type Place = { readonly host: Host; readonly signal: AbortSignal };

/** The images that the task itself names; one that cannot be shown is only told of, for nobody asked to show it. */
async function imagesInTask(request: ImageRequest, at: Place) {
  if (!request.isLive) return { images: [], notices: [] };
  const names = (await namedImages(request.task, at.host)).filter((name) => !request.images.includes(name));
  const { ref, traits } = request.model;
  if (!traits.images) {
    const notices = names.map((name) => `${name} is not shown: ${ref.model} is not known to read images.`);
    return { images: [], notices };
  }
  const read = await Promise.all(
    names.map(async (name) => {
      try {
        return { image: await readImage(name, request, at), notice: `${name} is shown to the model.` };
      } catch (error) {
        at.signal.throwIfAborted();
        return { image: undefined, notice: `${messageOf(error)} The model sees only its name.` };
      }
    }),
  );
  return {
    images: read.flatMap(({ image }) => (image === undefined ? [] : [image])),
    notices: read.map(({ notice }) => notice),
  };
}

/** The task with its images. Throws where one that was asked for cannot be shown. */
export async function attachImages(request: ImageRequest, at: Place): Promise<IllustratedTask> {
  requireSight(request);
  requireFew(request.images);
  const asked = await Promise.all(request.images.map((text) => readImage(text, request, at)));
  const named = await imagesInTask(request, at);
  const content = [{ type: 'text', text: request.task } as const, ...asked, ...named.images];
  return { message: { role: 'user', content }, notices: named.notices };
}
