import { formatTaxId, normalizeTaxId } from '@balcao/brazil';
import { folded } from '@balcao/contracts';
import { brandTokens, hexToHsl } from '@balcao/theming';
import type { Check, Day, DocumentFrame, Issuer, Party } from './document-parts.js';
import { formatDay, shownUrl } from './formats.js';
import { Paper, type Entry } from './page.js';
import type { DocumentTexts } from './texts.js';
import { SHEET, TYPE } from './type-scale.js';
import { isWholePng } from './whole-png.js';

const BAR = 5;
const LOGO = { width: 150, height: 34 };
/** A wider logo is a name already. */
const WIDEST_MARK = 2;

interface Opening {
  name: string;
  issuedOn: Day;
  /** How the day of issue is said, where not as of an invoice. */
  said?: (day: string) => string;
  watermark?: string;
}

/** Paper for a document, with its name on every page, and its first page's head: whose it is, what it is, when it was issued. */
export function openDocument(
  frame: DocumentFrame & { check?: Check },
  { name, issuedOn, said, watermark }: Opening,
  texts: DocumentTexts,
): Paper {
  const { issuer, check, locale } = frame;
  const paper = new Paper({
    title: `${name} · ${issuer.name}`,
    author: issuer.legalName || issuer.name,
    lang: locale,
    createdOn: issuedOn,
    runningHead: `${name} · ${issuer.name}`,
    foot: check ? texts.check(check.code, shownUrl(check.url)) : `${name} · ${issuer.name}`,
    pageOf: texts.pageOf,
    watermark,
  });
  drawHead(paper, frame, [
    { text: name, style: TYPE.strong },
    { text: (said ?? texts.issuedOn)(formatDay(issuedOn, locale)), style: TYPE.muted },
  ]);
  return paper;
}

/** What a document comes to, and below the amount what it is about. */
export const headline = (label: string, amount: string, title: string, more?: string): Entry[] => [
  { text: label, style: TYPE.muted },
  { text: amount, style: TYPE.amount },
  { text: title, style: TYPE.heading, role: 'H1', gap: 4 },
  ...(more ? [{ text: more, style: TYPE.muted, gap: 2 }] : []),
];

const BETWEEN_PARTIES = 20;

/** Who bills whom, and beside them facts with their names; those that are not there are left out. */
export function drawParties(
  paper: Paper,
  { issuer }: DocumentFrame,
  billTo: Party,
  facts: [name: string, value: string | undefined][],
  texts: DocumentTexts,
): void {
  const details = facts
    .filter((fact): fact is [string, string] => Boolean(fact[1]))
    .flatMap(([label, value], index) => [
      { text: label, style: TYPE.label, gap: index ? 5 : 0 },
      { text: value, style: TYPE.body },
    ]);
  const width = (SHEET.inner - 2 * BETWEEN_PARTIES) / 3;
  paper.y += 12;
  paper.columns(
    [issuerEntries(issuer, texts), partyEntries(texts.billTo, billTo, texts), details],
    [width, width, width],
    BETWEEN_PARTIES,
  );
  paper.y += 16;
}

/** Paragraphs of a document's own words; those that are not there are left out. */
export function drawWords(paper: Paper, texts: (string | undefined)[]): void {
  const said = texts.filter((text): text is string => Boolean(text));
  if (said.length === 0) return;
  paper.y += 12;
  paper.flow(said.map((text, index) => ({ text, style: TYPE.muted, gap: index ? 6 : 0 })));
}

/** The head of a document's first page: whose it is to the left, what it is to the right. */
function drawHead(paper: Paper, { issuer, logo, brandColour }: DocumentFrame, right: Entry[]): void {
  paper.asArtifact(() => {
    paper.pdf.rect(0, 0, SHEET.width, BAR).fill(brandColour);
  });
  const top = paper.y;
  const drawn = logo && drawLogo(paper, logo, issuer.name, top);
  let left = top;
  if (!drawn || drawn.width / drawn.height <= WIDEST_MARK) {
    const x = SHEET.left + (drawn ? drawn.width + 10 : 0);
    const name: Entry[] = [{ text: issuer.name, style: TYPE.title }];
    const width = SHEET.inner * 0.6 - (x - SHEET.left);
    const height = paper.heightOf(name, width);
    left = paper.stackAt(name, x, Math.max(top, top + (LOGO.height - height) / 2), width);
  }
  const rightHeight = paper.heightOf(right, SHEET.inner * 0.38);
  const beside = paper.stackAt(
    right.map((entry) => ({ align: 'right', ...entry })),
    SHEET.left + SHEET.inner * 0.62,
    Math.max(top, top + (LOGO.height - rightHeight) / 2),
    SHEET.inner * 0.38,
  );
  paper.y = Math.max(top + LOGO.height, left, beside) + 12;
  paper.rule('pale');
  paper.y += 16;
}

/** What the types of pdfkit leave out. */
interface ImageOpener {
  openImage(source: Buffer): { width: number; height: number };
}

/** Its size on the page; undefined for a picture that cannot be read, without which the document is as good. */
export function drawLogo(
  paper: Paper,
  logo: Uint8Array,
  name: string,
  y: number,
  x: number = SHEET.left,
): { width: number; height: number } | undefined {
  const file = Buffer.from(logo);
  if (!isWholePng(file)) return undefined;
  const picture = (paper.pdf as unknown as ImageOpener).openImage(file);
  const scale = Math.min(LOGO.width / picture.width, LOGO.height / picture.height);
  const size = { width: picture.width * scale, height: picture.height * scale };
  paper.figure(name, () => {
    paper.pdf.image(picture as never, x, y + (LOGO.height - size.height) / 2, size);
  });
  return size;
}

/** Who bills: what a law wants on a bill, and how to reach them. */
const issuerEntries = (issuer: Issuer, texts: DocumentTexts): Entry[] => [
  ...partyEntries(texts.from, issuer, texts),
  ...[
    issuer.municipalRegistration && texts.municipalRegistration(issuer.municipalRegistration),
    issuer.email,
    issuer.phone,
  ]
    .filter((line): line is string => Boolean(line))
    .map((text) => ({ text, style: TYPE.muted })),
];

const partyEntries = (label: string, party: Party, texts: DocumentTexts): Entry[] => [
  { text: label, style: TYPE.label },
  { text: party.legalName || party.name, style: TYPE.strong },
  ...(saysMore(party) ? [{ text: party.name, style: TYPE.body }] : []),
  ...(party.taxId ? [{ text: taxIdOf(party.taxId, texts), style: TYPE.body }] : []),
  ...party.addressLines.map((text) => ({ text, style: TYPE.muted })),
];

/** What people call a company is often how its legal name begins. */
const saysMore = ({ name, legalName }: Party): boolean =>
  legalName !== '' && name !== '' && !folded(legalName).startsWith(folded(name));

/** A tax id with what it is called. */
export function taxIdOf(taxId: string, texts: DocumentTexts): string {
  const masked = formatTaxId(normalizeTaxId(taxId));
  const kind = masked.length === 18 ? 'cnpj' : masked.length === 14 && masked.includes('.') ? 'cpf' : undefined;
  return texts.taxId(kind, kind ? masked : taxId);
}

/** What a brand's colour gives a document: a fill with the text on it, and a colour for links on white. */
export function brandInks(colour: string): { fill: string; onFill: string; link: string } {
  const { brand: fill, fg: onFill, text: link } = brandTokens(hexToHsl(colour), 'light');
  return { fill, onFill, link };
}
