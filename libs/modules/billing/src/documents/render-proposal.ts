import { drawParties, drawWords, headline, openDocument } from './document-head.js';
import { formatDay, formatMoney } from './formats.js';
import { drawLines, linesSums } from './render-invoice.js';
import type { Paper } from './page.js';
import type { ProposalDocument, ProposalEvidence } from './proposal-document.js';
import { drawSums, sumsHeight } from './table.js';
import { textsOf, type DocumentTexts } from './texts.js';
import { INKS, SHEET, TYPE } from './type-scale.js';

/** The field that signatures are drawn in; on paper it is as wide as `DRAWN`. */
const FIELD = { width: 1000, height: 400 };
const DRAWN = { width: 220, height: 88 };

/**
 * A proposal's version as a PDF of A4 pages, with the exact text that it is of as a file within it. One that was accepted ends with a
 * page that says how that is known.
 * @throws RangeError for an unknown currency or a day that is none
 */
export async function renderProposal(document: ProposalDocument): Promise<Buffer> {
  const { locale, currency, number, version, state, issuedOn, totals, title, evidence } = document;
  const texts = textsOf(locale);
  const name = texts.proposalVersion(number, version);
  const watermark = texts.proposalWatermarks[state];
  const paper = openDocument(document, { name, issuedOn, said: texts.proposalSentOn, watermark }, texts);
  const total = formatMoney(totals.total, currency, locale);
  paper.flow(headline(texts.proposalHeadline, total, title));
  const facts: [string, string | undefined][] = [
    [texts.validUntil, formatDay(document.validUntil, locale)],
    [texts.proposalReference, document.reference],
  ];
  drawParties(paper, document, document.billTo, facts, texts);
  if (document.introduction) {
    paper.flow([{ text: document.introduction, style: TYPE.body }]);
    paper.y += 14;
  }
  const sums = linesSums(document, texts);
  drawLines(paper, document, texts, sumsHeight(paper, sums));
  drawSums(paper, sums);
  drawSection(paper, texts.proposalTerms, document.terms);
  drawSection(paper, texts.proposalOutcome, document.outcome);
  const files = document.files.map(({ name: file, digest }) => `${file}\nSHA-256 ${digest}`).join('\n');
  drawSection(paper, texts.proposalFiles, files || undefined);
  drawWords(paper, [`${texts.proposalDigest} ${document.digest}`]);
  if (evidence) drawEvidence(paper, document, evidence, texts);
  paper.pdf.file(Buffer.from(document.source, 'utf8'), {
    name: `${number}-v${version}.json`,
    type: 'application/json',
    description: texts.proposalSource,
    creationDate: new Date(`${issuedOn}T00:00:00Z`),
    modifiedDate: new Date(`${issuedOn}T00:00:00Z`),
  });
  return paper.finish();
}

function drawSection(paper: Paper, heading: string, text: string | undefined): void {
  if (!text) return;
  paper.y += 16;
  paper.flow([
    { text: heading, style: TYPE.heading, role: 'H2' },
    { text, style: TYPE.body, gap: 4 },
  ]);
}

/** A page of its own: the signature, and what is known of who gave it. */
function drawEvidence(
  paper: Paper,
  document: ProposalDocument,
  evidence: ProposalEvidence,
  texts: DocumentTexts,
): void {
  paper.newPage();
  const { number, version, digest, billTo } = document;
  paper.flow([
    { text: texts.evidence, style: TYPE.title, role: 'H1' },
    {
      text: texts.evidenceOf(texts.proposalVersion(number, version), billTo.legalName || billTo.name),
      style: TYPE.muted,
      gap: 4,
    },
  ]);
  paper.y += 20;
  const top = paper.y;
  if (evidence.strokes) {
    const strokes = evidence.strokes;
    paper.figure(texts.signatureOf(evidence.name), () => drawStrokes(paper, strokes, SHEET.left, top));
  } else {
    paper.y = paper.stackAt(
      [{ text: evidence.name, style: { ...TYPE.amount, weight: 'regular' } }],
      SHEET.left,
      top + 40,
      SHEET.inner,
    );
  }
  paper.y = top + DRAWN.height;
  paper.rule('dark', SHEET.left, DRAWN.width);
  paper.y += 6;
  paper.flow([
    { text: evidence.name, style: TYPE.strong },
    ...[[evidence.role, evidence.taxId && `CPF ${evidence.taxId}`].filter(Boolean).join(', ')]
      .filter((text) => text !== '')
      .map((text) => ({ text, style: TYPE.muted })),
  ]);
  paper.y += 16;
  const facts: [string, string | undefined][] = [
    [texts.evidenceWhen, evidence.at],
    [texts.evidenceHow, `${texts.signatures[evidence.signature]}, ${texts.signedBy[evidence.by]}`],
    [texts.evidenceMailedTo, evidence.email],
    [texts.evidenceStart, evidence.startsOn && formatDay(evidence.startsOn, document.locale)],
    [texts.evidenceFrom, evidence.ip],
    [texts.evidenceDevice, evidence.userAgent],
    [texts.proposalDigest, digest],
  ];
  paper.flow(
    facts.flatMap(([label, value]) =>
      value
        ? [
            { text: label, style: TYPE.label, gap: 8 },
            { text: value, style: TYPE.body, inOnePiece: value === digest },
          ]
        : [],
    ),
  );
  drawWords(paper, [texts.evidenceNote, evidence.checkUrl && texts.evidenceCheck(evidence.checkUrl)]);
}

function drawStrokes(paper: Paper, strokes: readonly (readonly number[])[], left: number, top: number): void {
  const x = (value: number) => left + (value / FIELD.width) * DRAWN.width;
  const y = (value: number) => top + (value / FIELD.height) * DRAWN.height;
  const pen = paper.pdf.lineWidth(1.2).lineCap('round').lineJoin('round').strokeColor(INKS.text);
  for (const [startX = 0, startY = 0, ...rest] of strokes) {
    pen.moveTo(x(startX), y(startY));
    // A dot is a line to where it is.
    if (rest.length === 0) pen.lineTo(x(startX), y(startY));
    for (let at = 0; at + 1 < rest.length; at += 2) pen.lineTo(x(rest[at]!), y(rest[at + 1]!));
    pen.stroke();
  }
}
