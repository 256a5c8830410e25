/** A drawn signature: strokes of points, x and y in turn, within the field. */
export type Strokes = number[][];

/** The field that signatures are drawn in. */
export const FIELD = { width: 1_000, height: 400 };
/** Fewer points are a slip of the finger, more than these nobody draws. */
const LEAST = 8;
const MOST = 4_000;

const pointsOf = (strokes: Strokes) => strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);

/** Whether somebody could have meant it as a signature. */
export const isSignature = (strokes: Strokes): boolean => pointsOf(strokes) >= LEAST;
export const isFull = (strokes: Strokes): boolean => pointsOf(strokes) >= MOST;

/** Strokes as the API takes them: points `x,y`, spaces between them, semicolons between strokes. */
export const sentStrokes = (strokes: Strokes): string =>
  strokes
    .map((stroke) =>
      pairs(stroke)
        .map(([x, y]) => `${x},${y}`)
        .join(' '),
    )
    .join(';');

/** The same read back. */
export const readStrokes = (text: string): Strokes =>
  text.split(';').map((stroke) => stroke.split(' ').flatMap((point) => point.split(',').map(Number)));

/** The way of a pen over all strokes, as SVG has it. */
export const pathOf = (strokes: Strokes): string =>
  strokes
    .map((stroke) => {
      const [first, ...rest] = pairs(stroke);
      // A dot is a line to where it is.
      return `M${first} ${(rest.length > 0 ? rest : [first]).map((point) => `L${point}`).join(' ')}`;
    })
    .join(' ');

const pairs = (stroke: number[]): [number, number][] =>
  Array.from({ length: Math.floor(stroke.length / 2) }, (_, place) => [stroke[2 * place]!, stroke[2 * place + 1]!]);
