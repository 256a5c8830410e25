import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts, type Canvas, type Image, type SKRSContext2D } from '@napi-rs/canvas';
import type { IconName } from '@balcao/contracts';
import { contrast, rgbToHex } from '@balcao/theming';
import { opened } from './draw-picture.js';

export interface IconsToDraw {
  icon?: Uint8Array;
  /** In the order in which they are tried; with none that fits, the initials stand. */
  logos: Uint8Array[];
  /** Of the brand: ground, and what is readable on it, as hexadecimal. */
  ground: string;
  ink: string;
  /** None where the name has no letter that can be written: a ring stands for them. */
  initials: string;
}

const SIDES: Record<IconName, number> = { '32': 32, '180': 180, '192': 192, '512': 512, maskable: 512 };
/** What every device leaves of an icon that it cuts to its shape. */
const SAFE = 0.8;
/** Longer ones say nothing in a square. */
const LONGEST_LOGO = 2;
/** Least contrast of a logo with its ground: a drawing needs less than a text. */
const LEAST_CONTRAST = 2;
const FONT = 'Balcao Inter';
const FONT_FILES = [
  import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  import.meta.resolve('@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2'),
];

/** What is put in the middle of the square, and on what. */
interface Mark {
  /** Absent where the picture fills the square by itself. */
  ground?: string;
  /** For devices that want a whole square. */
  solid: string;
  /** Share of the side that it takes. */
  share: number;
  draw: (paper: SKRSContext2D, side: number) => void;
}

/** Every icon of a portal as PNG: its own picture, else its logo on its colour, else its initials. */
export async function drawIcons(input: IconsToDraw): Promise<Record<IconName, Uint8Array>> {
  const mark = await markOf(input);
  const icons = {} as Record<IconName, Uint8Array>;
  for (const [name, side] of Object.entries(SIDES) as [IconName, number][])
    icons[name] = await square(name, side, mark).encode('png');
  return icons;
}

function square(name: IconName, side: number, { ground, solid, share, draw }: Mark): Canvas {
  const canvas = createCanvas(side, side);
  const paper = canvas.getContext('2d');
  paper.imageSmoothingQuality = 'high';
  const whole = name === '180' || name === 'maskable';
  if (whole || ground) {
    paper.fillStyle = whole ? (ground ?? solid) : ground!;
    paper.beginPath();
    // Devices round the corners of a whole square by themselves.
    paper.roundRect(0, 0, side, side, whole ? 0 : side * 0.22);
    paper.fill();
  }
  const inner = side * (name === 'maskable' ? Math.min(share, SAFE) : share);
  paper.translate((side - inner) / 2, (side - inner) / 2);
  draw(paper, inner);
  return canvas;
}

async function markOf({ icon, logos, ground, ink, initials }: IconsToDraw): Promise<Mark> {
  const picture = icon && (await opened(Buffer.from(icon)));
  if (picture) return { solid: edgeOf(picture), share: 1, draw: contained(picture) };
  for (const each of logos) {
    const logo = await opened(Buffer.from(each));
    if (!logo || Math.max(logo.width / logo.height, logo.height / logo.width) > LONGEST_LOGO) continue;
    if (contrastOn(ground, logo) >= LEAST_CONTRAST) return { ground, solid: ground, share: 0.7, draw: contained(logo) };
  }
  const sign = initials ? write : ring;
  return { ground, solid: ground, share: 1, draw: (paper, side) => sign(paper, side, ink, initials) };
}

const contained = (picture: Image) => (paper: SKRSContext2D, side: number) => {
  const scale = side / Math.max(picture.width, picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  paper.drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
};

function write(paper: SKRSContext2D, side: number, ink: string, initials: string): void {
  if (!GlobalFonts.has(FONT)) for (const file of FONT_FILES) GlobalFonts.registerFromPath(fileURLToPath(file), FONT);
  paper.fillStyle = ink;
  paper.font = `600 ${side * (initials.length > 1 ? 0.44 : 0.56)}px "${FONT}"`;
  paper.textAlign = 'center';
  // The middle of capitals, which have no descenders.
  const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = paper.measureText(initials);
  paper.fillText(initials, side / 2, side / 2 + (up - down) / 2);
}

/** Says nothing that a name would have to. */
function ring(paper: SKRSContext2D, side: number, ink: string): void {
  paper.strokeStyle = ink;
  paper.lineWidth = side / 8;
  paper.beginPath();
  paper.arc(side / 2, side / 2, side * 0.22, 0, 2 * Math.PI);
  paper.stroke();
}

const SAMPLE = 16;

/** Red, green, blue and opacity of a small copy, one after the other. */
function sampled(picture: Image): Uint8ClampedArray {
  const paper = createCanvas(SAMPLE, SAMPLE).getContext('2d');
  paper.drawImage(picture, 0, 0, SAMPLE, SAMPLE);
  return paper.getImageData(0, 0, SAMPLE, SAMPLE).data;
}

/** The colour of the corner where it is opaque, so that the picture goes on to the edges; else white. */
function edgeOf(picture: Image): string {
  const [red = 0, green = 0, blue = 0, opacity = 0] = sampled(picture);
  return opacity > 250 && picture.width === picture.height ? `rgb(${red} ${green} ${blue})` : '#ffffff';
}

/** Contrast of a colour with what a picture shows on average. */
function contrastOn(ground: string, picture: Image): number {
  const data = sampled(picture);
  const sums = [0, 0, 0];
  let weight = 0;
  for (let index = 0; index < data.length; index += 4) {
    const opacity = data[index + 3]! / 255;
    sums.forEach((sum, part) => (sums[part] = sum + data[index + part]! * opacity));
    weight += opacity;
  }
  const average = sums.map((sum) => (weight ? Math.round(sum / weight) : 0)) as [number, number, number];
  return contrast(rgbToHex(average), ground);
}
