import { deflateSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import { pixCode } from '@balcao/brazil';
import { BOLETO, invoice } from '../../test/documents/sample-invoice.js';
import { renderInvoice } from '../documents/render-invoice.js';
import { billCodesWithin } from './bill-codes.js';
import { readBillText } from './read-bill-text.js';

const PIX = pixCode({
  key: 'pix@aurora.example',
  name: 'Aurora Telecom Ltda',
  city: 'Rio de Janeiro',
  amount: 81_940n,
  txid: 'F20260001237K4F92QD',
});
const TODAY = '2026-10-10';
interface WasmMemory {
  buffer: ArrayBuffer;
  grow(pages: number): number;
}

describe('the text of a bill', () => {
  it('has all its codes, as they are on its pages', async () => {
    const file = await renderInvoice(invoice({ boleto: BOLETO, pix: { code: PIX } }));
    const codes = billCodesWithin(await readBillText(file), TODAY);
    const kinds = new Set(codes.map(({ kind }) => kind));
    expect([...kinds]).toEqual(['check_code', 'pix', 'boleto']);
    expect(codes).toContainEqual({ kind: 'check_code', checkCode: '7K4F92QD' });
    expect(codes).toContainEqual(expect.objectContaining({ kind: 'pix', text: PIX }));
    expect(codes).toContainEqual(expect.objectContaining({ kind: 'boleto', barcode: BOLETO.barcode }));
  });

  it.each([
    ['nothing', ''],
    ['no PDF', 'nada'],
    ['one that breaks off', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>'],
    ['pages that contain themselves', cyclic()],
  ])('is empty of %s', async (_, file) => {
    expect((await readBillText(Buffer.from(file))).trim()).toBe('');
  });

  it('takes no more memory than a bill needs, whatever a small file unpacks to', async () => {
    const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: WasmMemory } } }).WebAssembly;
    const grown = jest.spyOn(Memory.prototype, 'grow');
    const started = Date.now();
    expect((await readBillText(bomb())).trim()).toBe('');
    const sizes = (grown.mock.contexts as WasmMemory[]).map(({ buffer }) => buffer.byteLength);
    grown.mockRestore();
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(256 * 1024 * 1024);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('is that of the first pages', async () => {
    const many = { description: 'Ponto de telefonia', quantity: '1', unitPrice: 1_000n, net: 1_000n };
    const file = await renderInvoice(invoice({ lines: Array.from({ length: 500 }, () => many) }));
    expect((await readBillText(file)).match(/Código de conferência 7K4F-92QD/g)!.length).toBeLessThanOrEqual(10);
  });
});

function cyclic(): string {
  return [
    '%PDF-1.7',
    '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj',
    '2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj',
    'trailer << /Root 1 0 R >>',
  ].join('\n');
}

/** A page of twenty megabytes of text, in forty kilobytes. */
function bomb(): Buffer {
  const content = deflateSync(`BT /F1 1 Tf ${'(AAAAAAAA) Tj '.repeat(1_500_000)}`, { level: 9 });
  const page = '<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>';
  return Buffer.concat([
    Buffer.from(
      [
        '%PDF-1.7',
        '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj',
        '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>\nendobj',
        `3 0 obj\n${page}\nendobj`,
        '5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj',
        `4 0 obj\n<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`,
      ].join('\n'),
    ),
    content,
    Buffer.from('\nendstream\nendobj\ntrailer << /Root 1 0 R >>'),
  ]);
}
