const NUMBER = '[+-]?(?:\\d{1,12}\\.?\\d{0,12}|\\.\\d{1,12})(?:e[+-]?\\d{1,2})?';
const COMPONENT = new RegExp(`^(${NUMBER})(%|deg|grad|rad|turn)?$`);
const DEGREES_PER_UNIT: Record<string, number> = { deg: 1, grad: 0.9, rad: 180 / Math.PI, turn: 360 };

/** A plain number, or a percentage of `whole`. */
export function numberOf(text: string, whole: number): number | undefined {
  const match = COMPONENT.exec(text);
  if (!match || (match[2] !== undefined && match[2] !== '%')) return undefined;
  return match[2] === '%' ? (Number(match[1]) / 100) * whole : Number(match[1]);
}

/** A number that stands for percent, or a percentage. */
export function percentOf(text: string): number | undefined {
  const value = numberOf(text, 100);
  return value === undefined ? undefined : Math.round(value * 100) / 100;
}

/** An angle in degrees, 0 to 360. */
export function hueOf(text: string): number | undefined {
  const match = COMPONENT.exec(text);
  if (!match || match[2] === '%') return undefined;
  const degrees = Number(match[1]) * DEGREES_PER_UNIT[match[2] ?? 'deg']!;
  return ((degrees % 360) + 360) % 360;
}
