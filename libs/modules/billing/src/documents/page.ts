import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { drawable } from './drawable-text.js';
import { documentFonts, TABULAR } from './fonts.js';
import { INKS, SHEET, TYPE, type TextStyle } from './type-scale.js';
import { evenly, wrapped } from './wrapping.js';

const FOOT_AT = 801;
/** Under a page's running head. */
const NEXT_TOP = 78;
/** Room on a page that has nothing yet but a running head and a table's. */
export const WHOLE_ROOM = SHEET.bottom - NEXT_TOP - 24;

/** What a document is called, and by whom, in lists of files and on each of its pages. */
export interface PaperOptions {
  title: string;
  author: string;
  lang: string;
  /** When it was made, for those who look after files. */
  createdOn: string;
  /** On every page but the first. */
  runningHead: string;
  /** On every page, left of its number. */
  foot: string;
  pageOf: (page: number, pages: number) => string;
  /** Across every page, behind what it says. */
  watermark?: string;
  /** How it is set, where not heavy and as pale as can be. */
  watermarkStyle?: Pick<TextStyle, 'weight' | 'colour'>;
}

/** A text with how it is set; several below one another are a stack. */
export interface Entry {
  text: string;
  style: TextStyle;
  /** A role of PDF's structure: `P`, `H1`, `Link`. */
  role?: string;
  align?: 'left' | 'right';
  /** Space above it. */
  gap?: number;
  url?: string;
  /** What readers copy and hear where it is broken into lines that are one word. */
  inOnePiece?: boolean;
}

/** One line of an entry, as it will stand. */
export interface SetLine {
  text: string;
  entry: Entry;
  height: number;
}

type Role = InstanceType<typeof PDFDocument> extends { struct(type: never): infer Element } ? Element : never;

/** Sheets of A4 that are written from top to bottom, with head, foot, numbers, and the structure that screen readers follow. */
export class Paper {
  /** Where the next thing stands, from the top edge. */
  y = SHEET.top;
  /** Called on each new page, below its running head: a table repeats its own. */
  onNewPage: (() => void) | undefined;
  readonly pdf: InstanceType<typeof PDFDocument>;
  private parent: Role;

  constructor(private readonly options: PaperOptions) {
    const { title, author, lang, createdOn } = options;
    this.pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      lang,
      tagged: true,
      displayTitle: true,
      // None of those that every reader is said to have.
      font: null as unknown as string,
      info: {
        Title: drawable(title),
        Author: drawable(author),
        Creator: 'Balcão',
        CreationDate: new Date(`${createdOn}T00:00:00Z`),
      },
    });
    for (const [name, font] of Object.entries(documentFonts()))
      this.pdf.registerFont(name, font as unknown as PDFKit.Mixins.PDFFontSource);
    this.parent = this.pdf.struct('Document');
    this.pdf.addStructure(this.parent);
    this.addSheet();
  }

  /** Room that is left on this page. */
  get room(): number {
    return SHEET.bottom - this.y;
  }

  /** Goes on with the next page where this one has not so much room left. */
  need(height: number): void {
    if (height > this.room && this.y > NEXT_TOP) this.newPage();
  }

  newPage(): void {
    this.addSheet();
    this.asArtifact(() => {
      this.writeCut(this.options.runningHead, SHEET.left, SHEET.top, SHEET.inner);
      this.line(SHEET.left, SHEET.right, SHEET.top + 19);
    });
    this.y = NEXT_TOP;
    this.onNewPage?.();
  }

  /** What is drawn by `body` is one thing of this role to who reads by structure: `Table`, `TR`, `Sect`. */
  group(role: string, body: () => void): void {
    const outer = this.parent;
    this.parent = this.pdf.struct(role);
    outer.add(this.parent);
    body();
    this.parent.end();
    this.parent = outer;
  }

  /** Something of a role whose parts are drawn one after the other, maybe on several pages. */
  element(role: string, options?: { alt?: string }): { draw(part: () => void): void; end(): void } {
    const element = this.pdf.struct(role, options as PDFKit.Mixins.StructureElementOptions);
    this.parent.add(element);
    return { draw: (part) => void element.add(part), end: () => element.end() };
  }

  /** Something to look at, with what it is said to be. */
  figure(alt: string, draw: () => void): void {
    const figure = this.element('Figure', { alt });
    figure.draw(draw);
    figure.end();
  }

  /** What only decorates: lines, grounds, what repeats itself. */
  asArtifact(draw: () => void): void {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.pdf.endMarkedContent();
  }

  /** An entry's lines at a width. */
  setLines(entry: Entry, width: number): SetLine[] {
    const { leading, figures } = entry.style;
    this.use(entry.style);
    const measure = (text: string) => this.pdf.widthOfString(text, figures ? { features: TABULAR } : undefined);
    const shown = drawable(entry.text);
    const lines = entry.inOnePiece ? evenly(shown, width, measure) : wrapped(shown, width, measure);
    return lines.map((text, index) => ({
      text,
      entry,
      height: leading + (index === 0 ? (entry.gap ?? 0) : 0),
    }));
  }

  /** How wide an entry is in one line. */
  widthOf({ text, style }: Entry): number {
    this.use(style);
    return this.pdf.widthOfString(drawable(text), style.figures ? { features: TABULAR } : undefined);
  }

  heightOf(entries: Entry[], width: number): number {
    return entries.flatMap((entry) => this.setLines(entry, width)).reduce((sum, { height }) => sum + height, 0);
  }

  /** Writes entries below one another at a place, each of its role; answers where they end. */
  stackAt(entries: Entry[], x: number, y: number, width: number): number {
    let below = y;
    for (const entry of entries) {
      const lines = this.setLines(entry, width);
      const element = this.element(entry.role ?? 'P');
      element.draw(() => {
        below = this.writeLines(lines, x, below, width);
      });
      element.end();
    }
    return below;
  }

  /** Writes entries from here on, over as many pages as they need. */
  flow(entries: Entry[], x: number = SHEET.left, width: number = SHEET.inner): void {
    for (const entry of entries) {
      const element = this.element(entry.role ?? 'P');
      let lines = this.setLines(entry, width);
      while (lines.length > 0) {
        // No line of a text alone at the foot of a page.
        const together = lines.slice(0, 2).reduce((sum, { height }) => sum + height, 0);
        this.need(together);
        const part = takeFitting(lines, this.room);
        element.draw(() => {
          this.y = this.writeLines(part, x, this.y, width);
        });
        lines = lines.slice(part.length);
      }
      element.end();
    }
  }

  /** Stacks side by side, kept on one page; goes on below the longest. */
  columns(stacks: Entry[][], widths: number[], gap: number): void {
    this.need(Math.max(...stacks.map((stack, index) => this.heightOf(stack, widths[index]!))));
    let x = SHEET.left;
    const ends = stacks.map((stack, index) => {
      const end = this.stackAt(stack, x, this.y, widths[index]!);
      x += widths[index]! + gap;
      return end;
    });
    this.y = Math.max(this.y, ...ends);
  }

  /** Lines below one another, within something of a role; answers where they end. */
  writeLines(lines: SetLine[], x: number, y: number, width: number): number {
    const piece = lines[0]?.entry.inOnePiece ? lines[0].entry.text : undefined;
    if (piece) this.pdf.markContent('Span', { actual: piece });
    let below = y;
    for (const { text, entry, height } of lines) {
      below += height;
      this.write(text, x, below - entry.style.leading, width, entry);
    }
    if (piece) this.pdf.endMarkedContent();
    return below;
  }

  /** A rule over a width: a pale one between things, a dark one before a total. */
  rule(kind: 'pale' | 'dark', x: number = SHEET.left, width: number = SHEET.inner): void {
    this.asArtifact(() =>
      this.line(x, x + width, this.y, kind === 'dark' ? INKS.text : INKS.pale, kind === 'dark' ? 1 : 0.75),
    );
  }

  /** Ends the document, with what only now can be said: how many pages it has. */
  async finish(): Promise<Buffer> {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(page);
      const number = this.options.pageOf(page + 1, count);
      this.asArtifact(() => {
        this.line(SHEET.left, SHEET.right, FOOT_AT - 9);
        const right: Entry = { text: '', style: { ...TYPE.label, figures: true }, align: 'right' };
        this.write(drawable(number), SHEET.left, FOOT_AT, SHEET.inner, right);
        this.writeCut(this.options.foot, SHEET.left, FOOT_AT, SHEET.inner - 60);
      });
    }
    this.parent.end();
    this.pdf.end();
    return buffer(this.pdf);
  }

  private addSheet(): void {
    this.pdf.addPage();
    this.y = SHEET.top;
    if (this.options.watermark) this.asArtifact(() => this.acrossTheSheet(drawable(this.options.watermark!)));
  }

  private acrossTheSheet(word: string): void {
    const [x, y] = [SHEET.width / 2, SHEET.height / 2];
    const set = this.options.watermarkStyle ?? { weight: 'semibold', colour: INKS.watermark };
    this.use({ size: 100, leading: 0, ...set });
    this.pdf.fontSize(Math.min(130, (100 * 640) / this.pdf.widthOfString(word)));
    this.pdf.save().rotate(-48, { origin: [x, y] });
    this.pdf.text(word, x - this.pdf.widthOfString(word) / 2, y, { lineBreak: false, baseline: 'middle' });
    this.pdf.restore();
  }

  /** What of a small text one line has room for. */
  private writeCut(text: string, x: number, y: number, width: number): void {
    const entry: Entry = { text, style: TYPE.label };
    const [line, next] = this.setLines(entry, width - 8);
    if (line) this.write(next ? `${line.text}…` : line.text, x, y, width, entry);
  }

  private write(text: string, x: number, y: number, width: number, { style: set, align, url }: Entry): void {
    this.use(set);
    const features = set.figures ? { features: TABULAR } : {};
    const textWidth = this.pdf.widthOfString(text, features);
    const left = align === 'right' ? x + width - textWidth : x;
    // The middle of capitals in the middle of the line.
    const baseline = y + set.leading / 2 + set.size * 0.36;
    // Its type knows only names of baselines and none of what it has measured.
    this.pdf.text(text, left, baseline, { lineBreak: false, baseline: 'alphabetic', textWidth, ...features } as never);
    if (url) this.pdf.link(left, y, textWidth, set.leading, url);
  }

  private line(from: number, to: number, y: number, colour = INKS.pale, weight = 0.75): void {
    this.pdf.lineWidth(weight).strokeColor(colour).moveTo(from, y).lineTo(to, y).stroke();
  }

  private use({ weight, size, colour }: TextStyle): void {
    this.pdf.font(weight).fontSize(size).fillColor(colour);
  }
}

/** The first lines that fit into a height, at least one. */
export function takeFitting(lines: SetLine[], room: number): SetLine[] {
  let used = 0;
  const overflow = lines.findIndex(({ height }) => (used += height) > room);
  return overflow < 0 ? lines : lines.slice(0, Math.max(1, overflow));
}
