import { brandTokens, contrast, hslToHex, neutrals, parseColor, type Mode } from '@balcao/theming';
import type { Kind } from './colours.js';

/** A colour that stands in for the one that was chosen, where that one could not be read or seen. */
export interface MovedColour {
  colour: string;
  /** How well the chosen one would stand out from the page. */
  ratio: number;
}

const TEXT_RATIO = 4.5;
const LINE_RATIO = 3;

/** What stands in for a chosen colour in texts and links, or for the accent in lines, where it is too faint for that. */
export function movedColour(typed: string, kind: Kind, mode: Mode): MovedColour | undefined {
  const chosen = parseColor(typed);
  if (!chosen) return undefined;
  const { line, text } = brandTokens(chosen, mode);
  const ratio = contrast(hslToHex(chosen), neutrals[mode].surface);
  if (kind === 'accent') return ratio < LINE_RATIO ? { colour: line, ratio } : undefined;
  return ratio < TEXT_RATIO ? { colour: text, ratio } : undefined;
}
