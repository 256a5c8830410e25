import { describe, expect, it } from '@jest/globals';
import { invoice } from '../../test/documents/sample-invoice.js';
import { renderInvoice } from '../documents/render-invoice.js';
import { isWholePng } from '../documents/whole-png.js';
import { drawFirstPage } from './draw-first-page.js';

describe('the first page of a PDF', () => {
  it('is drawn as a picture that fits, black on white', async () => {
    const picture = Buffer.from((await drawFirstPage(await renderInvoice(invoice())))!);
    expect(isWholePng(picture)).toBe(true);
    const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    // Whole pixels: what is left of the last one is cut off.
    expect([999, 1_000]).toContain(width);
    expect(height / width).toBeCloseTo(297 / 210, 1);
  });

  it.each([
    ['nothing', ''],
    ['no PDF', 'nada'],
    ['one that breaks off', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>'],
    ['no pages', '%PDF-1.7\n%%EOF'],
  ])('is not drawn of %s', async (_, file) => {
    expect(await drawFirstPage(Buffer.from(file))).toBeNull();
  });
});
