export interface Itf25 {
  /** From the first bar to the end of the last; all widths are in narrow bars. */
  width: number;
  /** What stays light before and behind at least; `width`, `bars` and `path` are without. */
  quietZone: number;
  bars: ReadonlyArray<{ x: number; width: number }>;
  /** The bars as the data of one SVG path, `width` wide and 1 high: it is stretched to any height. */
  path: string;
}

/** How large the bar code of a bank slip is printed, in millimetres (FEBRABAN): a narrow bar of 3:1 is 0.254 wide then. */
export const BOLETO_BARCODE = { width: 103, height: 13, quietZone: 5 } as const;

/** Of five bars or spaces the two wide ones, for each digit. */
const WIDE = ['nnwwn', 'wnnnw', 'nwnnw', 'wwnnn', 'nnwnw', 'wnwnn', 'nwwnn', 'nnnww', 'wnnwn', 'nwnwn'];
const START = 'nnnn';
const STOP = 'wnn';
const QUIET_ZONE = 10;
const LONGEST = 100;

/**
 * The bar code Interleaved 2 of 5 (ISO/IEC 16390): of every two digits the bars are the first, the spaces between them the
 * second. It has no check digit of its own.
 *
 * @param digits an even number of them, 100 at most; the bar code of a bank slip has 44
 * @param ratio how many narrow bars make a wide one
 * @throws RangeError for anything else
 */
export function itf25(digits: string, { ratio = 3 }: { ratio?: 2 | 2.5 | 3 } = {}): Itf25 {
  if (digits.length > LONGEST || !/^(?:\d\d)+$/.test(digits)) {
    throw new RangeError('Interleaved 2 of 5 has an even number of digits');
  }
  const pairs = digits.match(/\d\d/g) ?? [];
  const elements = START + pairs.map(interleaved).join('') + STOP;
  const bars: Array<{ x: number; width: number }> = [];
  let x = 0;
  for (const [index, element] of [...elements].entries()) {
    const width = element === 'w' ? ratio : 1;
    if (index % 2 === 0) bars.push({ x, width });
    x += width;
  }
  const path = bars.map((bar) => `M${bar.x} 0h${bar.width}v1h${-bar.width}z`).join('');
  return { width: x, quietZone: QUIET_ZONE, bars, path };
}

function interleaved(pair: string): string {
  const [bars = '', spaces = ''] = [...pair].map((digit) => WIDE[Number(digit)]);
  return [...bars].map((bar, index) => bar + spaces[index]).join('');
}
