export { rgbToHsl, hslToRgb, rgbToHex, hslToHex, hexToRgb, hexToHsl, type Hsl, type Rgb } from './hsl.js';
export { contrast, luminance, mix } from './contrast.js';
export { parseColor } from './parse-color.js';
export { neutrals, type Mode, type Neutrals } from './neutrals.js';
export { betterForeground, brandTokens, type BrandTokens } from './brand-tokens.js';
export {
  brandingCss,
  brandVariables,
  defaultTheme,
  type BrandVariables,
  type Theme,
  type ThemeColours,
} from './branding-css.js';
export { wholeTheme, type ChosenTheme } from './whole-theme.js';
