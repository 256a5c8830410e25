import type { DanfseBlock, DanfseDocument, DanfseField } from './danfse-document.js';
import { drawLogo } from './document-head.js';
import { drawnQr } from './drawn-codes.js';
import { formatDay } from './formats.js';
import { Paper, type Entry } from './page.js';
import { SHEET, type TextStyle } from './type-scale.js';

const LEFT = 28;
const WIDTH = SHEET.width - 2 * LEFT;
const COLUMNS = 4;
const BAR = 4;
const TOP = 20;
/** The page's own foot is below. */
const BOTTOM = 785;
const GROUND = '#f2f2f2';
const RULE = '#8c8a87';
/** As NT 008 has them: the state across the page in 35 % black, the notice of a test in red. */
const ACROSS = '#a6a6a6';
const RED = '#c00000';
const BLACK = '#000000';

const style = (size: number, leading: number, weight: TextStyle['weight'] = 'regular', colour = BLACK): TextStyle => ({
  size,
  leading,
  weight,
  colour,
});
const SET = {
  title: style(10, 13, 'semibold'),
  origin: style(7.5, 10),
  notice: style(9, 12, 'semibold', RED),
  block: style(7, 10, 'semibold'),
  label: style(6, 7.5, 'semibold'),
  value: { ...style(7.5, 9), figures: true },
  said: style(7, 10),
};
const WATERMARKS = { authorized: undefined, cancelled: 'CANCELADA', replaced: 'SUBSTITUÍDA' };

/** The printed form of a national fiscal note (DANFSe) as a PDF of one page of A4, by the technical note NT 008 of the CGNFS-e. */
export async function renderDanfse(document: DanfseDocument): Promise<Buffer> {
  const { number, issuerName, issuedOn, status } = document;
  const name = `NFS-e ${number} · ${issuerName}`;
  const paper = new Paper({
    title: name,
    author: issuerName,
    lang: 'pt-BR',
    createdOn: issuedOn,
    runningHead: name,
    foot: `${name} · gerado a partir do XML da NFS-e, sem conferência da assinatura digital`,
    pageOf: (page, pages) => `${page} de ${pages}`,
    watermark: WATERMARKS[status],
    watermarkStyle: { weight: 'regular', colour: ACROSS },
  });
  drawHead(paper, document);
  drawIdentification(paper, document);
  const { blocks, lines } = fitting(paper, document);
  for (const block of blocks) drawBlock(paper, block, lines);
  drawAdditional(paper, document);
  return paper.finish();
}

function drawHead(paper: Paper, document: DanfseDocument): void {
  const { logo, issuerName, isTest, origin, brandColour, status, statusText, issuedOn } = document;
  const height = 44;
  paper.asArtifact(() => {
    paper.pdf.rect(0, 0, SHEET.width, BAR).fill(brandColour);
    paper.pdf.rect(LEFT, TOP, WIDTH, height).fill(GROUND);
  });
  const third = WIDTH / 3;
  const drawn = logo && drawLogo(paper, logo, issuerName, TOP + 5, LEFT + 6);
  if (!drawn) paper.stackAt([{ text: issuerName, style: SET.title }], LEFT + 6, TOP + 8, third - 12);
  const middle: Entry[] = [
    { text: 'DANFSe v2.0', style: SET.title, role: 'H1' },
    { text: 'Documento Auxiliar da NFS-e', style: SET.title },
    ...(isTest ? [{ text: 'NFS-e SEM VALIDADE JURÍDICA', style: SET.notice }] : []),
  ];
  paper.stackAt(middle, LEFT + third, TOP + 4, third + 10);
  paper.stackAt(
    origin.map((text) => ({ text, style: SET.origin, align: 'right' as const })),
    LEFT + 2 * third,
    TOP + 6,
    third - 6,
  );
  paper.y = TOP + height + 4;
  if (status === 'authorized') return;
  const word = `${WATERMARKS[status]!}${statusText ? `: ${statusText}` : ''}. Emitida em ${formatDay(issuedOn, 'pt-BR')}.`;
  paper.y = paper.stackAt([{ text: word, style: { ...SET.said, weight: 'semibold' } }], LEFT, paper.y, WIDTH) + 4;
}

/** What the note is, and beside it the code by which it is looked up. */
function drawIdentification(paper: Paper, { identification, lookupUrl }: DanfseDocument): void {
  const qr = drawnQr(paper, lookupUrl, 'QR code da consulta pública da NFS-e');
  const aside = qr.side + 24;
  const top = paper.y;
  heading(paper, 'Dados da NFS-e', WIDTH - aside);
  for (const row of identification) drawRow(paper, row, WIDTH - aside);
  const x = LEFT + WIDTH - qr.side - 8;
  qr.draw(x, top + 8);
  const said =
    'A autenticidade desta NFS-e pode ser verificada pela leitura deste código QR ou pela consulta da chave de acesso no portal nacional da NFS-e.';
  const below = paper.stackAt([{ text: said, style: style(6, 7.5) }], x - 8, top + qr.side + 14, qr.side + 16);
  paper.y = Math.max(paper.y, below) + 4;
}

const HEADING_HEIGHT = SET.block.leading + 3;
const ROW_GAP = 1;
/** Of what is added at the end so many lines are seen before a description takes more. */
const ADDITIONAL_LINES = 3;
const SHORT_LINES = 2;

/** The blocks as one page holds them, and how many lines the long texts in them have: a note has one page, whatever it says. */
function fitting(paper: Paper, { blocks, taxes }: DanfseDocument): { blocks: DanfseBlock[]; lines: number } {
  const end = HEADING_HEIGHT + paper.heightOf([{ text: taxes, style: SET.value }], WIDTH) + SET.value.leading;
  const room = BOTTOM - paper.y - end;
  const heightOf = (all: DanfseBlock[]) => all.reduce((sum, block) => sum + blockHeight(paper, block), 0);
  let kept = blocks;
  for (let place = blocks.length - 1; place >= 0 && heightOf(kept) > room; place -= 1)
    kept = kept.map((block, index) =>
      index === place ? { ...block, rows: block.rows.filter((row) => !row.some(({ mayGo }) => mayGo)) } : block,
    );
  const left = Math.floor((room - heightOf(kept)) / SET.value.leading) - ADDITIONAL_LINES;
  return { blocks: kept, lines: 1 + Math.max(0, left) };
}

/** How high a block is whose long texts have one line. */
function blockHeight(paper: Paper, { rows, says }: DanfseBlock): number {
  if (says !== undefined) return paper.heightOf([{ text: says, style: SET.said }], WIDTH) + 3;
  return rows.reduce((sum, row) => {
    const lines = row.map(({ value, span, isLong }) =>
      isLong
        ? 1
        : Math.min(SHORT_LINES, paper.setLines({ text: value, style: SET.value }, widthOf(span, WIDTH)).length),
    );
    return sum + SET.label.leading + Math.max(...lines) * SET.value.leading + ROW_GAP;
  }, HEADING_HEIGHT);
}

const widthOf = (span: number, width: number) => (width / COLUMNS) * span - 6;

function drawBlock(paper: Paper, { title, rows, says }: DanfseBlock, lines: number): void {
  if (says !== undefined) {
    rule(paper, WIDTH);
    paper.y = paper.stackAt([{ text: says, style: SET.said, role: 'H2' }], LEFT + 3, paper.y + 1, WIDTH) + 2;
    return;
  }
  heading(paper, title, WIDTH);
  for (const row of rows) drawRow(paper, row, WIDTH, lines);
}

function drawRow(paper: Paper, fields: DanfseField[], width: number, lines = 1): void {
  let [x, below] = [LEFT, paper.y];
  for (const { label, value, span, isLong } of fields) {
    const wide = widthOf(span, width);
    const entries: Entry[] = [
      { text: label, style: SET.label },
      { text: cut(paper, value, wide, isLong ? lines : SHORT_LINES), style: SET.value },
    ];
    below = Math.max(below, paper.stackAt(entries, x, paper.y, wide));
    x += (width / COLUMNS) * span;
  }
  paper.y = below + ROW_GAP;
}

function drawAdditional(paper: Paper, { additional, taxes }: DanfseDocument): void {
  heading(paper, 'Informações complementares', WIDTH);
  const last: Entry = { text: taxes, style: SET.value };
  const room = BOTTOM - paper.y - paper.heightOf([last], WIDTH);
  const lines = Math.max(0, Math.floor(room / SET.value.leading));
  const entries = additional && lines > 0 ? [{ text: cut(paper, additional, WIDTH, lines), style: SET.value }] : [];
  paper.y = paper.stackAt([...entries, last], LEFT, paper.y, WIDTH);
}

/** So much of a text as so many lines hold, with an ellipsis where that is not all. */
function cut(paper: Paper, text: string, width: number, lines: number): string {
  const set = paper.setLines({ text, style: SET.value }, width);
  if (set.length <= lines) return text;
  const kept = set.slice(0, lines).map((line) => line.text);
  return `${kept.join(' ').slice(0, -3).trimEnd()}…`;
}

function heading(paper: Paper, text: string, width: number): void {
  paper.asArtifact(() => {
    paper.pdf.rect(LEFT, paper.y, width, SET.block.leading + 2).fill(GROUND);
  });
  rule(paper, width);
  paper.y =
    paper.stackAt([{ text: text.toUpperCase(), style: SET.block, role: 'H2' }], LEFT + 3, paper.y + 1, width - 6) + 2;
}

const rule = (paper: Paper, width: number) =>
  paper.asArtifact(() => {
    paper.pdf
      .lineWidth(0.5)
      .strokeColor(RULE)
      .moveTo(LEFT, paper.y)
      .lineTo(LEFT + width, paper.y)
      .stroke();
  });
