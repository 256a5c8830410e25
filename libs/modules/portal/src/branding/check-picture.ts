import type { DataPicture } from '@balcao/contracts';
import { harmlessSvg } from './harmless-svg.js';
import { rasterProblem, type PictureProblem } from './raster-picture.js';

/** The file that may be kept of a picture whose kind is known, or what stands against showing it. */
export type CheckedPicture =
  { content: Buffer; problem?: undefined } | { content?: undefined; problem: PictureProblem };

/** Checks a picture without drawing it: a raster one by what it is made of, a drawing as what it is written anew from. */
export function checkPicture(picture: DataPicture): CheckedPicture {
  const content = Buffer.from(picture.bytes, 'latin1');
  if (picture.mediaType === 'image/svg+xml') {
    const drawing = harmlessSvg(content);
    return drawing.problem ? drawing : { content: Buffer.from(drawing.svg) };
  }
  const problem = rasterProblem(picture);
  return problem ? { problem } : { content };
}
