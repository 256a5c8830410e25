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
  return withQuickWords(font);
}

/** Words that are kept as they were set once, and how long they may be: most of a document's are those of the one before. */
const MOST_WORDS = 4_000;
const LONGEST_WORD = 40;

/** What is known of a word before it is set: its glyphs, and where each stands, in the font's own units. */
type SetWord = Pick<GlyphRun, 'glyphs' | 'positions'>;

/**
 * A font that shapes a word once for all documents of this thread; shaping is most of what a page costs. Figures it sets by
 * single glyphs: tabular ones have no kerning.
 */
function withQuickWords(font: Font): Font {
  const figures = new Map<string, Glyph[]>();
  const words = new Map<string, SetWord>();
  const glyphsOf = (character: string): Glyph[] => {
    let glyphs = figures.get(character);
    if (!glyphs) figures.set(character, (glyphs = font.layout(character, TABULAR).glyphs));
    return glyphs;
  };
  const figuresOf = (text: string): SetWord => {
    const glyphs = Array.from(text).flatMap(glyphsOf);
    const positions = glyphs.map(({ advanceWidth: xAdvance }) => ({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 }));
    return { glyphs, positions } as SetWord;
  };
  const wordOf = (text: string): SetWord => {
    let word = words.get(text);
    if (!word) {
      if (words.size === MOST_WORDS) words.clear();
      words.set(text, (word = font.layout(text)));
    }
    return word;
  };
  const layout: Font['layout'] = (text, features, ...rest) => {
    if (features === TABULAR) return runOf(figuresOf(text));
    if (features || rest.length > 0 || text.length > LONGEST_WORD) return font.layout(text, features, ...rest);
    const { glyphs, positions } = wordOf(text);
    return runOf({ glyphs, positions: positions.map((position) => ({ ...position })) });
  };
  return Object.assign(Object.create(font) as Font, { layout });
}

/** A run whose width is asked for after its positions were brought to another scale, in place. */
const runOf = ({ glyphs, positions }: SetWord): GlyphRun =>
  ({
    glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  }) as GlyphRun;
