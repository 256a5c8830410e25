import { neutrals } from '@balcao/theming';
import type { Weight } from './fonts.js';

/** How a text is set; sizes in points. */
export interface TextStyle {
  size: number;
  /** From line to line. */
  leading: number;
  weight: Weight;
  colour: string;
  /** With digits of one width. */
  figures?: boolean;
}

const { text, textMuted } = neutrals.light;

/** The colours of documents, besides the brand's. */
export const INKS = { text, muted: textMuted, pale: '#e2e0dc', watermark: '#f0eeeb' };

const style = (size: number, leading: number, weight: Weight = 'regular', colour: string = INKS.text): TextStyle => ({
  size,
  leading,
  weight,
  colour,
});

/** The type scale of documents. */
export const TYPE = {
  amount: { ...style(26, 33, 'semibold'), figures: true },
  title: style(14, 18, 'semibold'),
  heading: style(10, 14, 'semibold'),
  body: style(9, 13),
  strong: style(9, 13, 'semibold'),
  muted: style(9, 13, 'regular', INKS.muted),
  detail: style(7.5, 10.5, 'regular', INKS.muted),
  label: style(7.5, 11, 'regular', INKS.muted),
  figure: { ...style(9, 13), figures: true },
  strongFigure: { ...style(9, 13, 'semibold'), figures: true },
  mutedFigure: { ...style(9, 13, 'regular', INKS.muted), figures: true },
  code: style(6.75, 9.5),
} satisfies Record<string, TextStyle>;

/** A4 in points, and what of it documents write on. */
export const SHEET = { width: 595.28, height: 841.89, left: 51, right: 544.28, top: 44, bottom: 787, inner: 493.28 };
