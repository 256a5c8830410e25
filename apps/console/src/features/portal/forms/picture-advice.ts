import { keptPicture, type PicturePurpose } from '@balcao/contracts';
import { contrast, neutrals, rgbToHex, type Mode } from '@balcao/theming';

/** Wider than this, the header makes it small; taller, it is a thread. */
const LONGEST = 6;
/** Below it a drawing is hardly seen on its ground: what is asked of graphics (WCAG 1.4.11), though logos are exempt. */
const LEAST_CONTRAST = 3;
const SAMPLE = 24;

export type Advice = 'wide' | 'tall' | 'notSquare' | 'faint' | 'faintInDark' | 'letters';

/**
 * What should be known about a picture before it is published; nothing of it stands in the way.
 * @param grounds of the schemes in which it is shown, that of its own place first
 */
export function pictureAdvice(image: HTMLImageElement, purpose: PicturePurpose, grounds: readonly Mode[]): Advice[] {
  const ratio = image.naturalWidth / image.naturalHeight;
  const shape: Advice | undefined =
    purpose === 'faviconUrl'
      ? Math.abs(ratio - 1) > 0.05
        ? 'notSquare'
        : undefined
      : ratio > LONGEST
        ? 'wide'
        : ratio < 0.5
          ? 'tall'
          : undefined;
  const colour = purpose === 'faviconUrl' ? undefined : averageOf(image);
  return [...(shape ? [shape] : []), ...(colour === undefined ? [] : faintOn(colour, grounds))];
}

/** Whether a drawing that is kept has letters: each who shows it draws them in the fonts that they have, its mails' picture too. */
export async function hasLetters(address: string): Promise<boolean> {
  if (keptPicture(address)?.mediaType !== 'image/svg+xml') return false;
  try {
    const answer = await fetch(address);
    // It is written here, with no element by another name.
    return answer.ok && /<text[ >]/.test(await answer.text());
  } catch {
    return false;
  }
}

/** Where a picture of this colour is hardly seen. */
export function faintOn(colour: string, [own, ...others]: readonly Mode[]): Advice[] {
  const isFaint = (ground: Mode) => contrast(colour, neutrals[ground].surface) < LEAST_CONTRAST;
  return [
    ...(own && isFaint(own) ? (['faint'] as const) : []),
    ...(others.some(isFaint) ? (['faintInDark'] as const) : []),
  ];
}

/** What it shows on average where it is opaque; undefined where the browser cannot tell. */
function averageOf(image: HTMLImageElement): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SAMPLE;
  const paper = canvas.getContext('2d');
  if (!paper) return undefined;
  paper.drawImage(image, 0, 0, SAMPLE, SAMPLE);
  return averageColour(paper.getImageData(0, 0, SAMPLE, SAMPLE).data);
}

/** The average of pixels, each as much as it is opaque; undefined where nothing is. */
export function averageColour(data: ArrayLike<number>): string | undefined {
  const sums = [0, 0, 0];
  let weight = 0;
  for (let index = 0; index < data.length; index += 4) {
    const opacity = data[index + 3]! / 255;
    sums.forEach((sum, part) => (sums[part] = sum + data[index + part]! * opacity));
    weight += opacity;
  }
  if (weight === 0) return undefined;
  const [red, green, blue] = sums.map((sum) => Math.round(sum / weight)) as [number, number, number];
  return rgbToHex([red, green, blue]);
}
