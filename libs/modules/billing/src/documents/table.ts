import { takeFitting, WHOLE_ROOM, type Entry, type Paper, type SetLine } from './page.js';
import { SHEET, TYPE } from './type-scale.js';

export interface Column {
  head: string;
  /** In points, for a column as wide as what stands in it; the one without takes what the others leave. */
  least?: number;
  align?: 'left' | 'right';
}

/** A stack in each column. */
export type Row = Entry[][];

interface Place {
  x: number;
  width: number;
}

const GUTTER = 14;
const ABOVE = 4.5;
const BELOW = 4.5;
/** Rows that stand with what follows a table, so that no total begins a page alone. */
const TAIL_ROWS = 2;

/**
 * Draws a table over as many pages as it needs, its head on each of them; a row stays on one page where one can hold it.
 * @param tail height of what follows, which the last rows stay with
 */
export function drawTable(paper: Paper, columns: Column[], rows: Row[], tail: number): void {
  const places = placesOf(paper, columns, rows);
  const head: Row = columns.map(({ head, align }) => [{ text: head, style: TYPE.label, align }]);
  const setRow = (row: Row) => row.map((stack, index) => setStack(paper, stack, places[index]!, columns[index]!));
  const setHead = setRow(head);
  const lines = rows.map(setRow);
  const heights = lines.map((row) => heightOf(row) + ABOVE + BELOW);

  const drawHead = () => {
    setHead.forEach((cell, index) => void paper.writeLines(cell, places[index]!.x, paper.y, places[index]!.width));
  };
  const belowHead = () => {
    paper.y += heightOf(setHead) + ABOVE;
    paper.rule('pale');
  };

  /** A row's height; from the last ones on, that of all that stands together, where one page can hold it. */
  const wantedBy = (index: number): number => {
    const own = Math.min(heights[index]!, WHOLE_ROOM);
    if (index < lines.length - TAIL_ROWS) return own;
    const together = heights.slice(index).reduce((sum, height) => sum + height, tail);
    return together <= WHOLE_ROOM ? together : own;
  };

  paper.group('Table', () => {
    paper.need(heightOf(setHead) + ABOVE + Math.min(heights[0] ?? 0, WHOLE_ROOM / 2));
    paper.group('TR', () => drawCells(paper, 'TH', setHead, places));
    belowHead();
    paper.onNewPage = () => {
      paper.asArtifact(drawHead);
      belowHead();
    };
    lines.forEach((row, index) => {
      if (index > 0 && paper.room < wantedBy(index)) paper.newPage();
      drawRow(paper, row, places);
      paper.rule('pale');
    });
    paper.onNewPage = undefined;
  });
}

/** A row, over more than one page where none can hold it. */
function drawRow(paper: Paper, row: SetLine[][], places: Place[]): void {
  paper.group('TR', () => {
    const elements = row.map(() => paper.element('TD'));
    let left = row;
    do {
      paper.y += ABOVE;
      const part = left.map((cell) => (cell.length ? takeFitting(cell, paper.room - BELOW) : cell));
      const { y } = paper;
      part.forEach((cell, index) => {
        const { x, width } = places[index]!;
        if (cell.length) elements[index]!.draw(() => void paper.writeLines(cell, x, y, width));
      });
      paper.y += heightOf(part) + BELOW;
      left = left.map((cell, index) => cell.slice(part[index]!.length));
      if (left.some((cell) => cell.length)) paper.newPage();
    } while (left.some((cell) => cell.length));
    elements.forEach((element) => element.end());
  });
}

function drawCells(paper: Paper, role: string, cells: SetLine[][], places: Place[]): void {
  cells.forEach((cell, index) => {
    const element = paper.element(role);
    const { x, width } = places[index]!;
    element.draw(() => void paper.writeLines(cell, x, paper.y, width));
    element.end();
  });
}

const setStack = (paper: Paper, stack: Entry[], { width }: Place, { align }: Column): SetLine[] =>
  stack.flatMap((entry) => paper.setLines({ align, ...entry }, width));

const heightOf = (cells: SetLine[][]): number =>
  Math.max(0, ...cells.map((cell) => cell.reduce((sum, { height }) => sum + height, 0)));

/** What the column of words keeps at least. */
const LEAST_WORDS = 140;

const roomOf = (columns: Column[]): number => SHEET.inner - GUTTER * (columns.length - 1);

function widestOf(paper: Paper, columns: Column[], rows: Row[]): number[] {
  return columns.map(({ least }, index) => {
    if (least === undefined) return 0;
    return Math.max(least, ...rows.flatMap((row) => row[index]!.map((entry) => Math.ceil(paper.widthOf(entry)))));
  });
}

const sumOf = (widths: number[]): number => widths.reduce((sum, width) => sum + width, 0);

/** Whether each column can be as wide as what stands in it, and words have room beside them. */
export const hasRoomFor = (paper: Paper, columns: Column[], rows: Row[]): boolean =>
  sumOf(widestOf(paper, columns, rows)) <= roomOf(columns) - LEAST_WORDS;

function placesOf(paper: Paper, columns: Column[], rows: Row[]): Place[] {
  const widest = widestOf(paper, columns, rows);
  const room = roomOf(columns);
  const share = Math.min(1, (room - LEAST_WORDS) / sumOf(widest));
  let x = SHEET.left;
  return widest.map((own) => {
    const width = own ? own * share : room - sumOf(widest) * share;
    const place = { x, width };
    x += width + GUTTER;
    return place;
  });
}

/** Label left, amount right, below one another; the last ones may be what it comes to. */
export interface Sum {
  label: string;
  amount: string;
  kind?: 'plain' | 'muted' | 'total';
}

const SUMS_WIDTH = 252;
const sumEntries = ({ label, amount, kind = 'plain' }: Sum): [Entry, Entry] => [
  { text: label, style: kind === 'total' ? TYPE.strong : TYPE.muted },
  {
    text: amount,
    style: kind === 'total' ? TYPE.strongFigure : kind === 'muted' ? TYPE.mutedFigure : TYPE.figure,
    align: 'right',
  },
];
const SUM_LABEL = 0.58;
const labelWidth = SUMS_WIDTH * SUM_LABEL;
const SUM_GAP = 4;
/** From a dark rule to what stands below it. */
const RULED_GAP = 6;
const BEFORE_RULE = 3;

const sumHeight = (paper: Paper, sum: Sum): number => {
  const [label] = sumEntries(sum);
  return paper.heightOf([label], labelWidth) + (sum.kind === 'total' ? 2 * RULED_GAP + BEFORE_RULE : SUM_GAP);
};

export const sumsHeight = (paper: Paper, sums: Sum[]): number =>
  sums.reduce((height, sum) => height + sumHeight(paper, sum), SUM_GAP);

/** Draws sums at the right edge, a dark rule before each total. */
export function drawSums(paper: Paper, sums: Sum[]): void {
  paper.need(sumsHeight(paper, sums));
  const x = SHEET.right - SUMS_WIDTH;
  paper.y += SUM_GAP;
  paper.group('Table', () => {
    for (const sum of sums) {
      const isTotal = sum.kind === 'total';
      if (isTotal) {
        paper.y += BEFORE_RULE;
        paper.rule('dark', x, SUMS_WIDTH);
      }
      const top = paper.y + (isTotal ? RULED_GAP : SUM_GAP / 2);
      paper.group('TR', () => {
        const [label, amount] = sumEntries(sum);
        const bottom = paper.stackAt([{ ...label, role: 'TH' }], x, top, labelWidth);
        paper.stackAt([{ ...amount, role: 'TD' }], x, top, SUMS_WIDTH);
        paper.y = bottom + (isTotal ? RULED_GAP : SUM_GAP / 2);
      });
    }
  });
}
