import { createCanvas, loadImage, type Canvas, type Image } from '@napi-rs/canvas';
import { LARGEST_PICTURE, pictureKind, type PicturePurpose } from '@balcao/contracts';
import { harmlessSvg } from '../branding/harmless-svg.js';
import { pngOrientation, wholeRaster, type PictureProblem } from '../branding/raster-picture.js';
import type { Crop } from '../persistence/portal-picture.entity.js';

export interface PictureToDraw {
  file: Uint8Array;
  purpose: PicturePurpose;
  crop: Crop | null;
}

export interface DrawnPicture {
  mediaType: string;
  file: Uint8Array;
  /** The same for readers of mail. */
  mail: Uint8Array;
  width: number;
  height: number;
  problem?: undefined;
}

/** Pixels that a logo or an icon needs on the sharpest screen; what has more is drawn smaller. */
const LONGEST_SIDE = { logo: 1_024, icon: 512 };
/** Largest PNG; a photograph is smaller as WebP. */
const LARGEST_PNG = 150 * 1_024;
const WEBP_QUALITY = 90;
/** Twice the place that a mail has for it, which is as tall for each. */
const MAIL = { width: 400, height: 80 };

/**
 * A picture made anew from its pixels: nothing is left of what else its file held. A drawing is written anew instead, and
 * stays sharp at any size. Its head is read before anything is unpacked.
 */
export async function drawPicture({
  file,
  purpose,
  crop,
}: PictureToDraw): Promise<DrawnPicture | { problem: PictureProblem }> {
  const content = Buffer.from(file);
  const mediaType = pictureKind(content.toString('latin1', 0, 4_096));
  if (!mediaType) return { problem: { code: 'isPicture' } };
  if (mediaType === 'image/svg+xml') return drawnSvg(content, crop);
  const raster = wholeRaster(mediaType, content);
  if (raster.problem) return { problem: raster.problem };
  const held = await opened(raster.file);
  if (!held || (raster.isOpen && (await isCutOff(raster.file)))) return { problem: { code: 'pictureBroken' } };
  // Of other kinds the decoder turns it by itself.
  const image = mediaType === 'image/png' ? turned(held, pngOrientation(raster.file)) : held;
  const part = crop ?? { left: 0, top: 0, width: image.width, height: image.height };
  if (part.left + part.width > image.width || part.top + part.height > image.height)
    return { problem: { code: 'pictureCrop' } };
  const canvas = fitted(image, part, LONGEST_SIDE[purpose === 'faviconUrl' ? 'icon' : 'logo']);
  if (isBlank(canvas)) return { problem: { code: 'pictureBroken' } };
  const png = await canvas.encode('png');
  const small = png.length <= LARGEST_PNG;
  return {
    mediaType: small ? 'image/png' : 'image/webp',
    file: small ? png : await canvas.encode('webp', WEBP_QUALITY),
    mail: await forMail(canvas, Math.min(1, scaleInto(canvas, MAIL))).encode('png'),
    width: canvas.width,
    height: canvas.height,
  };
}

async function drawnSvg(content: Buffer, crop: Crop | null): Promise<DrawnPicture | { problem: PictureProblem }> {
  if (content.length > LARGEST_PICTURE)
    return { problem: { code: 'pictureKilobytes', params: { max: LARGEST_PICTURE / 1_024 } } };
  const drawing = harmlessSvg(content);
  if (drawing.problem) return { problem: drawing.problem };
  // A drawing has no pixels that could be counted.
  if (crop) return { problem: { code: 'pictureCrop' } };
  const file = Buffer.from(drawing.svg);
  const image = await opened(file);
  if (!image) return { problem: { code: 'pictureBroken' } };
  const { width, height } = image;
  const mail = forMail(image, scaleInto(image, MAIL));
  // As with a viewBox that is misspelt, or that leaves the drawing outside.
  if (isBlank(mail)) return { problem: { code: 'svgBlank' } };
  return { mediaType: 'image/svg+xml', file, mail: await mail.encode('png'), width, height };
}

/** A decoder keeps back about so many lines of a photograph until it has met its end. */
const LINES_KEPT_BACK = 32;

/** Whether a photograph lacks more than the end that it got here: without one, the decoder stops where its lines stop. */
async function isCutOff(photograph: Buffer): Promise<boolean> {
  const open = Buffer.from(photograph.subarray(0, -2));
  // What is to be turned is not drawn at all before its end.
  const exif = open.indexOf('Exif\0\0', 0, 'latin1');
  if (exif >= 0) open.write('none', exif, 'latin1');
  const image = await opened(open);
  if (!image) return true;
  const line = image.height - LINES_KEPT_BACK - 1;
  if (line < 0) return false;
  const paper = createCanvas(1, 1).getContext('2d');
  paper.drawImage(image, 0, line, 1, 1, 0, 0, 1, 1);
  return paper.getImageData(0, 0, 1, 1).data[3] === 0;
}

/** Nothing of it is seen: so does a decoder draw what it cannot read. */
function isBlank(canvas: Canvas): boolean {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let index = 3; index < data.length; index += 4) if (data[index]! > 0) return false;
  return true;
}

/** What a decoder makes of it, without a failure of its own. */
export async function opened(content: Buffer): Promise<Image | undefined> {
  try {
    const image = await loadImage(content);
    return image.width > 0 && image.height > 0 ? image : undefined;
  } catch {
    return undefined;
  }
}

/** As it is meant to be held, by a number of EXIF: mirrored from 2, upside down from 3, on its side from 5. */
function turned(image: Image, orientation: number): Image | Canvas {
  if (orientation === 1) return image;
  const { width, height } = image;
  const canvas = orientation > 4 ? createCanvas(height, width) : createCanvas(width, height);
  const paper = canvas.getContext('2d');
  const onto: Record<number, [number, number, number, number, number, number]> = {
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  };
  paper.setTransform(...onto[orientation]!);
  paper.drawImage(image, 0, 0);
  return canvas;
}

const scaleInto = (picture: { width: number; height: number }, box: { width: number; height: number }) =>
  Math.min(box.width / picture.width, box.height / picture.height);

function fitted(image: Image | Canvas, { left, top, width, height }: Crop, longest: number): Canvas {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const paper = canvas.getContext('2d');
  paper.imageSmoothingQuality = 'high';
  paper.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * Mails give every logo the same height, by attributes that all readers know: one that is wider than their place has nothing
 * above and below it.
 */
function forMail(picture: Canvas | Image, scale: number): Canvas {
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const canvas = createCanvas(width, Math.max(height, Math.ceil((width * MAIL.height) / MAIL.width)));
  const paper = canvas.getContext('2d');
  paper.imageSmoothingQuality = 'high';
  paper.drawImage(picture, 0, Math.floor((canvas.height - height) / 2), width, height);
  return canvas;
}
