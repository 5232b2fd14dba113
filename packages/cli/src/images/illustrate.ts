import { userMessage } from '@trae-cli/protocol';
import type { IllustratedTask, ImageRequest, Place } from './attach-images.js';

/** Most tasks have nothing in them that ends as names of images do, and what reads images is not loaded for those. */
const mayNameImage = /\.(?:png|jpe?g|gif|webp)/i;

/** The task with the images that it names and that a flag asks for. Throws where one of those cannot be shown. */
export async function illustrate(request: ImageRequest, place: Place): Promise<IllustratedTask> {
  if (request.images.length === 0 && !mayNameImage.test(request.task))
    return { message: userMessage(request.task), notices: [] };
  const { attachImages } = await import('./attach-images.js');
  return attachImages(request, place);
}
