/** Steps that people count in, of each power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];
/** Lines that a chart has at most above its ground. */
const MOST_LINES = 5;

/** Where a chart's lines are: from zero up to at least `most`, in round steps. */
export function ticksUpTo(most: number): number[] {
  const raw = Math.max(most, 1) / MOST_LINES;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = STEPS.map((each) => each * power).find((each) => each >= raw)!;
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, place) => place * step);
}

/** Where a chart's lines are that shows how something moves: round steps around all of it, from zero only where that is near. */
export function ticksAround(values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least < most / 2 || least === most) return ticksUpTo(most);
  const from = ticksUpTo(most - least);
  const step = from[1]!;
  const first = Math.floor(least / step) * step;
  return Array.from({ length: Math.ceil((most - first) / step) + 1 }, (_, place) => first + place * step);
}

/** Part of the whole as SVG wants it, `37.5%`. */
export const share = (value: number, whole: number): string => `${(100 * value) / (whole || 1)}%`;
