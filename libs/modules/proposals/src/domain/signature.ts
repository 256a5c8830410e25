/** A drawn signature: strokes of points, x and y in turn, whole numbers within the field. */
export type Strokes = readonly (readonly number[])[];

/** The field that signatures are drawn in. */
export const SIGNATURE_FIELD = { width: 1_000, height: 400 };
/** Longest text of a drawing; what a finger draws in a minute has a tenth of it. */
export const LONGEST_SIGNATURE = 40_000;
/** Less is a slip of the finger. */
const LEAST_POINTS = 8;
const MOST_POINTS = 5_000;
const MOST_STROKES = 200;

/** Strokes as a text: points `x,y` with spaces between them, strokes with semicolons. */
export const writeStrokes = (strokes: Strokes): string =>
  strokes
    .map((stroke) => {
      const points: string[] = [];
      for (let at = 0; at + 1 < stroke.length; at += 2) points.push(`${stroke[at]},${stroke[at + 1]}`);
      return points.join(' ');
    })
    .join(';');

/** The strokes of such a text; undefined for what is none, lies outside the field, or is too little or too much to be a signature. */
export function readStrokes(text: string): Strokes | undefined {
  if (text.length > LONGEST_SIGNATURE || !/^[0-9,; ]+$/.test(text)) return undefined;
  const strokes: number[][] = [];
  let points = 0;
  for (const written of text.split(';')) {
    const stroke: number[] = [];
    for (const point of written.split(' ')) {
      const [, x, y] = /^(\d{1,4}),(\d{1,3})$/.exec(point) ?? [];
      if (x === undefined || y === undefined) return undefined;
      if (Number(x) > SIGNATURE_FIELD.width || Number(y) > SIGNATURE_FIELD.height) return undefined;
      stroke.push(Number(x), Number(y));
      points += 1;
    }
    strokes.push(stroke);
  }
  if (points < LEAST_POINTS || points > MOST_POINTS || strokes.length > MOST_STROKES) return undefined;
  return strokes;
}
