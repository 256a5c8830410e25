import { readFileSync } from 'node:fs';
import { create, type Font, type Glyph, type GlyphRun } from 'fontkit';

/** The weights that documents are set in. */
export type Weight = 'regular' | 'semibold';

const FILES: Record<Weight, string> = { regular: 'Inter-Regular.ttf', semibold: 'Inter-SemiBold.ttf' };

/** Digits of one width each, so that figures stand below one another. */
export const TABULAR: 'tnum'[] = ['tnum'];

let fonts: Record<Weight, Font> | undefined;

/** The fonts of documents; read at first use and kept, as reading them takes longer than a page. */
export function documentFonts(): Record<Weight, Font> {
  fonts ??= { regular: opened('regular'), semibold: opened('semibold') };
  return fonts;
}

/** Whether documents have a glyph for a character. */
export const isDrawable = (codePoint: number): boolean => documentFonts().regular.hasGlyphForCodePoint(codePoint);

function opened(weight: Weight): Font {
  const font = create(readFileSync(new URL(`../../fonts/${FILES[weight]}`, import.meta.url))) as Font;
  return withQuickFigures(font);
}

/** A font that sets figures by single glyphs: tabular ones have no kerning, and shaping takes thirty times as long. */
function withQuickFigures(font: Font): Font {
  const known = new Map<string, Glyph[]>();
  const glyphsOf = (character: string): Glyph[] => {
    let glyphs = known.get(character);
    if (!glyphs) known.set(character, (glyphs = font.layout(character, TABULAR).glyphs));
    return glyphs;
  };
  const layout: Font['layout'] = (text, features, ...rest) => {
    if (features !== TABULAR) return font.layout(text, features, ...rest);
    const glyphs = Array.from(text).flatMap(glyphsOf);
    const positions = glyphs.map(({ advanceWidth: xAdvance }) => ({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 }));
    return {
      glyphs,
      positions,
      // Asked for after the positions were brought to another scale.
      get advanceWidth() {
        return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
      },
    } as GlyphRun;
  };
  return Object.assign(Object.create(font) as Font, { layout });
}
