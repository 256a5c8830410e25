import { hueOf, numberOf } from './components.js';
import type { Rgb } from './hsl.js';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

// Matrices of CSS Color 4, §"Sample code for color conversions" (W3C), and of OKLab (Björn Ottosson).
const OKLAB_TO_LMS: Matrix = [
  [1, 0.3963377773761749, 0.2158037573099136],
  [1, -0.1055613458156586, -0.0638541728258133],
  [1, -0.0894841775298119, -1.2914855480194092],
];
const LMS_TO_LINEAR_SRGB: Matrix = [
  [4.0767416360759583, -3.3077115392580629, 0.2309699031821043],
  [-1.2684379732850315, 2.6097573492876882, -0.341319376002657],
  [-0.0041960761386756, -0.7034186179359362, 1.7076146940746117],
];
const D50_TO_D65: Matrix = [
  [0.955473421488075, -0.02309845494876471, 0.06325924320057072],
  [-0.0283697093338637, 1.0099953980813041, 0.021041441191917323],
  [0.012314014864481998, -0.020507649298898964, 1.330365926242124],
];
const XYZ_TO_LINEAR_SRGB: Matrix = [
  [12831 / 3959, -329 / 214, -1974 / 3959],
  [-851781 / 878810, 1648619 / 878810, 36519 / 878810],
  [705 / 12673, -2585 / 12673, 705 / 667],
];
const LINEAR_P3_TO_XYZ: Matrix = [
  [608311 / 1250200, 189793 / 714400, 198249 / 1000160],
  [35783 / 156275, 247089 / 357200, 198249 / 2500400],
  [0, 32229 / 714400, 5220557 / 5000800],
];
const D50_WHITE: Triple = [0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585];

/** What 100 % stands for in the channels of each space; a hue has no percentage. */
const WHOLES: Readonly<Record<string, readonly [number, number, number | 'hue']>> = {
  lab: [100, 125, 125],
  lch: [100, 150, 'hue'],
  oklab: [1, 0.4, 0.4],
  oklch: [1, 0.4, 'hue'],
  srgb: [1, 1, 1],
  'srgb-linear': [1, 1, 1],
  'display-p3': [1, 1, 1],
  xyz: [1, 1, 1],
  'xyz-d65': [1, 1, 1],
  'xyz-d50': [1, 1, 1],
};

/**
 * Red, green and blue (0–255, possibly outside) of a colour that CSS describes by a space rather than by a screen.
 * Answers `undefined` for another space, and for channels that cannot be read.
 */
export function deviceIndependentRgb(space: string, channels: readonly [string, string, string]): Rgb | undefined {
  const wholes = Object.hasOwn(WHOLES, space) ? WHOLES[space] : undefined;
  if (!wholes) return undefined;
  const values = channels.map((channel, index) => {
    const whole = wholes[index]!;
    if (channel === 'none') return 0;
    return whole === 'hue' ? hueOf(channel) : numberOf(channel, whole);
  });
  if (values.includes(undefined)) return undefined;
  const linear = linearSrgb(space, values as unknown as Triple);
  return linear.map((channel) => 255 * (space === 'srgb' ? channel : gammaEncoded(channel))) as unknown as Rgb;
}

function linearSrgb(space: string, values: Triple): Triple {
  switch (space) {
    case 'oklch':
      return linearSrgb('oklab', rectangular(values));
    case 'lch':
      return linearSrgb('lab', rectangular(values));
    case 'oklab':
      return times(LMS_TO_LINEAR_SRGB, times(OKLAB_TO_LMS, values).map((value) => value ** 3) as unknown as Triple);
    case 'lab':
      return linearSrgb('xyz-d50', xyzOfLab(values));
    case 'xyz-d50':
      return times(XYZ_TO_LINEAR_SRGB, times(D50_TO_D65, values));
    case 'xyz':
    case 'xyz-d65':
      return times(XYZ_TO_LINEAR_SRGB, values);
    case 'display-p3':
      return times(XYZ_TO_LINEAR_SRGB, times(LINEAR_P3_TO_XYZ, values.map(gammaDecoded) as unknown as Triple));
    default:
      return values;
  }
}

/** Chroma and hue as two axes. */
function rectangular([lightness, chroma, hue]: Triple): Triple {
  const angle = (hue * Math.PI) / 180;
  const radius = Math.max(0, chroma);
  return [lightness, radius * Math.cos(angle), radius * Math.sin(angle)];
}

function xyzOfLab([lightness, a, b]: Triple): Triple {
  const kappa = 24389 / 27;
  const y = (lightness + 16) / 116;
  const [fx, fz] = [a / 500 + y, y - b / 200];
  const uncubed = (f: number) => (f ** 3 > 216 / 24389 ? f ** 3 : (116 * f - 16) / kappa);
  return [uncubed(fx) * D50_WHITE[0], lightness > 8 ? y ** 3 : lightness / kappa, uncubed(fz) * D50_WHITE[2]];
}

function times(matrix: Matrix, [x, y, z]: Triple): Triple {
  return matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;
}

/** The transfer function of sRGB and Display P3, odd around zero. */
function gammaEncoded(linear: number): number {
  const size = Math.abs(linear);
  return Math.sign(linear) * (size > 0.0031308 ? 1.055 * size ** (1 / 2.4) - 0.055 : 12.92 * size);
}

function gammaDecoded(encoded: number): number {
  const size = Math.abs(encoded);
  return Math.sign(encoded) * (size > 0.04045 ? ((size + 0.055) / 1.055) ** 2.4 : size / 12.92);
}
