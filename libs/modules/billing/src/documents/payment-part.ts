import { brandInks } from './document-head.js';
import { drawnQr } from './drawn-codes.js';
import { formatDay, shownUrl } from './formats.js';
import type { InvoiceDocument } from './invoice-document.js';
import type { Entry, Paper } from './page.js';
import type { DocumentTexts } from './texts.js';
import { INKS, SHEET, TYPE } from './type-scale.js';

const PADDING = 12;
const BESIDE_CODE = 18;
type Payable = Pick<InvoiceDocument, 'pix' | 'payUrl' | 'late' | 'locale' | 'brandColour'>;
const BUTTON = { height: 22, padding: 14 };

/** How the invoice is paid: by PIX, and on its page in the portal; a code of that page where there is no PIX. */
export function drawPayment(paper: Paper, document: Payable, texts: DocumentTexts): void {
  const { pix, payUrl, locale } = document;
  const code = pix?.code ?? payUrl;
  if (!code) return;
  const inks = brandInks(document.brandColour);
  const qr = drawnQr(paper, code, pix ? texts.pixPicture : texts.pagePicture);
  const textAt = SHEET.left + PADDING + qr.side + BESIDE_CODE;
  const width = SHEET.right - PADDING - textAt;
  const words: Entry[] = pix
    ? [
        { text: texts.payByPix, style: TYPE.heading, role: 'H2' },
        {
          text: [
            texts.scanPix,
            pix.validUntil && texts.pixUntil(formatDay(pix.validUntil, locale)),
            lateWords(document, texts),
          ]
            .filter(Boolean)
            .join(' '),
          style: TYPE.muted,
          gap: 2,
        },
        { text: texts.copyPix, style: TYPE.label, gap: 6 },
        { text: pix.code, style: TYPE.code, inOnePiece: true },
      ]
    : [
        { text: texts.payOnline, style: TYPE.heading, role: 'H2' },
        { text: texts.scanPage, style: TYPE.muted, gap: 2 },
      ];
  const buttonGap = 12;
  const wordsHeight = paper.heightOf(words, width);
  const inner = Math.max(qr.side, wordsHeight + (payUrl ? buttonGap + BUTTON.height : 0));
  paper.y += 16;
  paper.need(inner + 2 * PADDING);
  const top = paper.y;
  paper.asArtifact(() => {
    paper.pdf
      .lineWidth(0.75)
      .roundedRect(SHEET.left, top, SHEET.inner, inner + 2 * PADDING, 6)
      .stroke(INKS.pale);
  });
  paper.group('Sect', () => {
    qr.draw(SHEET.left + PADDING, top + PADDING);
    const below = paper.stackAt(words, textAt, top + PADDING, width);
    if (payUrl) drawButton(paper, payUrl, texts.pay, textAt, below + buttonGap, width, inks);
  });
  paper.y = top + inner + 2 * PADDING;
}

/** What the code asks for where lateness changes it day by day. */
function lateWords({ pix, late, locale }: Payable, texts: DocumentTexts): string | undefined {
  if (!late || !pix?.late) return undefined;
  return pix.late === 'grows' ? texts.pixGrows : texts.pixOfDay(formatDay(late.on, locale));
}

/** A button with its address beside it, for who has it on paper. */
function drawButton(
  paper: Paper,
  url: string,
  label: string,
  x: number,
  y: number,
  width: number,
  inks: ReturnType<typeof brandInks>,
): void {
  const style = { ...TYPE.strong, colour: inks.onFill };
  paper.pdf.font(style.weight).fontSize(style.size);
  const wide = paper.pdf.widthOfString(label) + 2 * BUTTON.padding;
  paper.asArtifact(() => {
    paper.pdf.roundedRect(x, y, wide, BUTTON.height, 5).fill(inks.fill);
  });
  const textY = y + (BUTTON.height - style.leading) / 2;
  paper.stackAt([{ text: label, style, url, role: 'Link' }], x + BUTTON.padding, textY, wide);
  const address: Entry = { text: shownUrl(url), style: { ...TYPE.body, colour: inks.link }, url, role: 'Link' };
  paper.stackAt([address], x + wide + 12, textY, width - wide - 12);
}
