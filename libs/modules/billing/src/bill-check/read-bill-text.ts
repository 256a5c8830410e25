import { boundedPdfium } from './bounded-pdfium.js';

/** Of a bill, what is paid stands on its first pages. */
const MOST_PAGES = 10;
const MOST_CHARACTERS = 200_000;

/**
 * The text of a PDF's first pages, in lines; empty where it cannot be read, and where its pages are pictures. For a thread: a file
 * from anywhere is read by PDFium within WebAssembly, which each time is a new one, since what upsets it leaves it unusable.
 */
export async function readBillText(file: Uint8Array): Promise<string> {
  const library = await boundedPdfium();
  try {
    const document = await library.loadDocument(file);
    let text = '';
    for (let index = 0; index < Math.min(document.getPageCount(), MOST_PAGES); index += 1) {
      text += `${document.getPage(index).getText()}\n`;
      if (text.length > MOST_CHARACTERS) break;
    }
    return text.slice(0, MOST_CHARACTERS).replace(/\r\n?/g, '\n');
  } catch {
    return '';
  }
}
