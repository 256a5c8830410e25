import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { CUSTOMER, BOLETO, invoice, ISSUER, lines, PAY_URL, PIX_CODE } from '../../test/documents/sample-invoice.js';
import { readPdf, type ReadPage } from '../../test/documents/read-pdf.js';
import type { InvoiceDocument } from './invoice-document.js';
import { renderInvoice } from './render-invoice.js';

const read = async (changes: Partial<InvoiceDocument> = {}) => readPdf(await renderInvoice(invoice(changes)));
const textOf = async (changes: Partial<InvoiceDocument> = {}) =>
  (await read(changes)).map(({ text }) => text).join('\n');
/** As many characters as a field takes, in words. */
const LONG = 'Distribuidora de Materiais Elétricos e Hidráulicos para Construção Civil '.repeat(4).slice(0, 255).trim();
const UNBROKEN = 'x'.repeat(255);

describe('an invoice as a document', () => {
  it('says who bills whom, for what, until when, in one page', async () => {
    const [page, ...others] = await read();
    expect(others).toEqual([]);
    for (const words of [
      'Fatura FT-2026-004390',
      'Emitida em 10/10/2026',
      'Total, vence em 25/10/2026',
      'R$ 819,40',
      'Mensalidade de outubro',
      '25/10/2026 não é dia útil: pode ser paga até 26/10/2026 sem nenhum acréscimo.',
      'Aurora Telecom Ltda',
      'CNPJ 29.881.604/0001-76',
      'Inscrição municipal 3.456.789-0',
      'Padaria Estrela Ltda',
      'CNPJ 41.720.538/0001-58',
      'PC-1182',
      'Depois do vencimento há multa de 2% e juros de 1% ao mês.',
      'Obrigado por estar conosco.',
      'Código de conferência 7K4F-92QD. Confira se é nossa em conta.aurora.example/conferir',
      'Vale até 24/11/2026.',
      'conta.aurora.example/faturas/4390',
      '1 de 1',
    ])
      expect(page!.text).toContain(words);
  });

  it('has a row for each line, with its figures', async () => {
    const rows = (await textOf()).split('\n');
    expect(rows).toContain('Item Qtd. Preço Desconto Total');
    expect(rows).toContain('Fibra Empresarial 600');
    expect(rows).toContain('10/10 a 09/11/2026');
    expect(rows).toContain('1 489,90 489,90');
    expect(rows).toContain('Telefonia, ramais 4 44,90 179,60');
    expect(rows).toContain('Wi-Fi gerenciado 1,5 111,03 10% 149,90');
    expect(rows).toContain('ISS de 5%, incluso 40,97');
    expect(rows).toContain('Total R$ 819,40');
  });

  it('leaves out the column of discounts that nobody has, and says one of an amount by it', async () => {
    const [line] = lines(1);
    expect(await textOf({ lines: [line!] })).toContain('Item Qtd. Preço Total');
    const reduced = { ...line!, discount: { amount: 250n } };
    expect((await textOf({ lines: [reduced] })).split('\n')).toContain('1 10,00 2,50 10,00');
  });

  it('says what was taken off all lines, and taxes on top', async () => {
    const totals = {
      subtotal: 81940n,
      discount: 1940n,
      taxesAdded: [{ name: 'ICMS de 10%', amount: 8000n }],
      taxesIncluded: [],
      total: 88000n,
    };
    const rows = (await textOf({ totals })).split('\n');
    expect(rows).toEqual(
      expect.arrayContaining(['Soma 819,40', 'Descontos \u2212 19,40', 'ICMS de 10% 80,00', 'Total R$ 880,00']),
    );
  });

  it('speaks English', async () => {
    const text = await textOf({ locale: 'en-US' });
    for (const words of ['Invoice FT-2026-004390', 'Total, due on Oct 25, 2026', 'R$819.40', 'Billed to', '1 of 1'])
      expect(text).toContain(words);
    expect(text.split('\n')).toContain('Wi-Fi gerenciado 1.5 111.03 10% 149.90');
  });

  it.each([
    ['JPY', 'JP¥ 81.940', '489,90', '48.990'],
    ['KWD', 'KWD 81,940', '489,90', '48,990'],
    ['IQD', 'IQD 81,940', '489,90', '48,990'],
  ])('writes %s with its own decimals', async (currency, total, never, price) => {
    const text = await textOf({ currency });
    expect(text).toContain(total);
    expect(text).toContain(price);
    expect(text).not.toContain(never);
  });

  it('writes the largest amount to its last digit, in one piece', async () => {
    const most = 2n ** 53n - 1n;
    const line = { description: 'Tudo', quantity: '123456.789012', unitPrice: most, net: most };
    const totals = { subtotal: most, discount: 0n, taxesAdded: [], taxesIncluded: [], total: most };
    const text = await textOf({ lines: [line], totals, settlement: { ...invoice().settlement, left: most } });
    expect(text).toContain('Tudo 123.456,789012 90.071.992.547.409,91 90.071.992.547.409,91');
    expect(text).toContain('R$ 90.071.992.547.409,91');
  });

  it('writes figures that leave no room for words below the words', async () => {
    const most = 2n ** 53n - 1n;
    const discount = { amount: 123456789012345n };
    const rows = (
      await textOf({
        lines: [{ description: 'Tudo', quantity: '999999.999999', unitPrice: most, discount, net: most }],
      })
    ).split('\n');
    expect(rows).toContain('Item Total');
    expect(rows).toContain('999.999,999999 × R$ 90.071.992.547.409,91, menos 1.234.567.890.123,45');
    expect(rows).toContain('90.071.992.547.409,91');
  });

  it('is the same file every time', async () => {
    expect(await renderInvoice(invoice())).toEqual(await renderInvoice(structuredClone(invoice())));
  });

  it('says what it is: title, author, language, structure', async () => {
    const file = (await renderInvoice(invoice())).toString('latin1');
    const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1');
    expect(file).toContain(utf16('Fatura FT-2026-004390 · Aurora Telecom'));
    expect(file).toContain('(Aurora Telecom Ltda)');
    expect(file).toContain('/Lang (pt-BR)');
    expect(file).toContain('/Marked true');
    expect(file).toContain('/DisplayDocTitle true');
    for (const role of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'Figure', 'Link'])
      expect(file).toContain(`/S /${role}\n`);
    expect(file).toContain(`/URI (${PAY_URL})`);
  });
});

describe('a state', () => {
  it('of part that is paid says what is left', async () => {
    const settlement = { paid: 50000n, credited: 1000n, refunded: 0n, left: 30940n, paidOn: '2026-10-20' };
    const rows = (await textOf({ state: 'partially_paid', settlement })).split('\n');
    expect(rows).toEqual(
      expect.arrayContaining([
        'Falta pagar, vence em 25/10/2026',
        'R$ 309,40',
        'Pago até 20/10/2026 \u2212 500,00',
        'Créditos \u2212 10,00',
        'Falta pagar R$ 309,40',
      ]),
    );
    const english = await textOf({ state: 'partially_paid', settlement, locale: 'en-US' });
    expect(english.split('\n')).toContain('Paid by Oct 20, 2026 \u2212 500.00');
  });

  it('of a late one says what it comes to on its day, in both languages', async () => {
    const charges = [{ name: 'Multa de 2%', amount: 1639n }];
    const changes: Partial<InvoiceDocument> = { state: 'open', late: { on: '2026-11-04', charges, total: 83579n } };
    const pix = { code: PIX_CODE, late: 'of_day' } as const;
    const text = await textOf({ ...changes, pix });
    expect(text).toContain('Total em 04/11/2026, venceu em 25/10/2026\nR$ 835,79');
    expect(text).toContain('Multa de 2% 16,39\nTotal em 04/11/2026 R$ 835,79');
    expect(text).not.toContain('pode ser paga até');
    const english = (await textOf({ ...changes, pix, locale: 'en-US' })).replaceAll('\n', ' ');
    expect(english).toContain('Total on Nov 4, 2026, was due on Oct 25, 2026');
    expect(english).toContain('This code asks for the total of Nov 4, 2026');
    // What was paid late asks for nothing.
    const settlement = { paid: 83579n, late: 1639n, credited: 0n, refunded: 0n, left: 0n, paidOn: '2026-11-04' };
    expect(await textOf({ ...changes, state: 'paid', settlement })).not.toContain('Total em');
  });

  it.each([
    ['paid', 'Paga em 20/10/2026'],
    ['credited', 'Creditada: nada há a pagar'],
    ['written_off', 'Encerrada: nada há a pagar'],
    ['refunded', 'Paga e devolvida'],
    ['void', 'Anulada: nada há a pagar'],
  ] as const)('%s asks for no money', async (state, words) => {
    const settlement = { paid: 81940n, credited: 0n, refunded: 0n, left: 0n, paidOn: '2026-10-20' };
    const pages = await read({ state, settlement, boleto: BOLETO });
    const text = pages.map((page) => page.text).join('\n');
    expect(text).toContain(words);
    for (const asking of ['PIX', 'Pagar', PIX_CODE, 'pode ser paga até', 'Depois do vencimento', 'Recibo do pagador'])
      expect(text).not.toContain(asking);
    expect(pages.flatMap(({ codes }) => codes)).toEqual([]);
    expect(text.includes('ANULADA')).toBe(state === 'void');
  });

  it.each([
    ['void', 'Anulada: nada há a pagar', 'Voided: there is nothing to pay'],
    ['credited', 'Creditada: nada há a pagar', 'Credited: there is nothing to pay'],
    ['written_off', 'Encerrada: nada há a pagar', 'Closed: nothing to pay'],
  ] as const)('%s has no sum but nothing below the words that nothing is to pay', async (state, words, english) => {
    const settlement = { paid: 20_000n, credited: 0n, writtenOff: 61_940n, refunded: 0n, left: 0n };
    expect(await textOf({ state, settlement })).toContain(`${words}\nR$ 0,00\n`);
    expect(await textOf({ state, settlement, locale: 'en-US' })).toContain(`${english}\nR$0.00\n`);
    // What it came to stands where it is added up.
    expect(await textOf({ state, settlement })).toContain('Total R$ 819,40');
  });

  it('void is written across every page', async () => {
    const pages = await read({ state: 'void', lines: lines(60), locale: 'en-US' });
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page.text).toContain('VOID');
  });
});

describe('ways to pay', () => {
  it('a PIX code is read from the picture, and copied in one piece', async () => {
    const [page] = await read();
    expect(page!.codes).toEqual([{ format: 'QRCode', text: PIX_CODE }]);
    expect(page!.text.split('\n')).toContain(PIX_CODE);
  });

  it('the longest PIX code is read too', async () => {
    const code = PIX_CODE.slice(0, -4) + '9'.repeat(512 - PIX_CODE.length) + '1D3D';
    const pages = await read({ pix: { code } });
    expect(pages.flatMap(({ codes }) => codes)).toEqual([{ format: 'QRCode', text: code }]);
  });

  it('without PIX the code is the page where it is paid', async () => {
    const [page] = await read({ pix: undefined });
    expect(page!.codes).toEqual([{ format: 'QRCode', text: PAY_URL }]);
    expect(page!.text).toContain('Pague na internet');
  });

  it('without either there is nothing to scan', async () => {
    const [page] = await read({ pix: undefined, payUrl: undefined });
    expect(page!.codes).toEqual([]);
  });

  it.each(['pt-BR', 'en-US'] as const)(
    'a boleto is scanned and copied, and has what a bank wants (%s)',
    async (locale) => {
      const [, slip, ...others] = await read({ boleto: BOLETO, locale });
      expect(others).toEqual([]);
      expect(slip!.codes).toEqual([{ format: 'ITF', text: BOLETO.barcode }]);
      for (const words of [
        'Recibo do pagador',
        'Ficha de compensação',
        '001-9',
        '00190.50095 40144.816069 06809.350314 3 37370000000100',
        'Aurora Telecom Ltda, CNPJ 29.881.604/0001-76',
        'Padaria Estrela Ltda, CNPJ 41.720.538/0001-58',
        'Rua das Laranjeiras, 120, loja 2, 22240-003 Rio de Janeiro, RJ',
        '1234-5 / 67890-1',
        '109/00000001-5',
        '25/10/2026',
        '819,40',
        'Pagável em qualquer banco até o vencimento',
        'Depois do vencimento, multa de 2% e juros de 1% ao mês.',
      ])
        expect(slip!.text).toContain(words);
    },
  );

  it('a line without its dots is printed with them', async () => {
    const text = await textOf({ boleto: { ...BOLETO, line: BOLETO.line.replace(/\D/g, '') } });
    expect(text).toContain(BOLETO.line);
  });

  it('notes of taxes are named, with key and address', async () => {
    const key = '35503082229881604000176000000000018442261098765432';
    const text = await textOf({
      fiscalNotes: [{ number: 'NFS-e 18.442', key, url: 'https://www.nfse.gov.br/consulta' }],
    });
    for (const words of ['Notas fiscais', 'NFS-e 18.442', `Chave ${key}`, 'www.nfse.gov.br/consulta'])
      expect(text).toContain(words);
  });
});

describe('much text', () => {
  it('of 500 lines has heads and numbers on each page, and no total alone', async () => {
    const pages = await read({ lines: lines(500) });
    const descriptions = pages.flatMap(({ text }) => text.match(/Ponto \d+ de telefonia/g) ?? []);
    expect(descriptions).toEqual(lines(500).map(({ description }) => description));
    pages.forEach(({ text, inkIn }, index) => {
      expect(text).toContain(`${index + 1} de ${pages.length}`);
      expect(text).toContain('Fatura FT-2026-004390');
      if (text.includes('Ponto')) expect(text).toContain('Item Qtd. Preço Total');
      // Between what a page says and its foot.
      expect(inkIn(0, 788.5, 595, 2)).toBe(false);
    });
  });

  it.each(Array.from({ length: 40 }, (_, index) => 10 + index))(
    'of %d lines never has a total without a line',
    async (count) => {
      const pages = await readPdf(
        await renderInvoice(invoice({ lines: lines(count), pix: undefined, payUrl: undefined })),
      );
      const withTotal = pages.filter(({ text }) => /^Total R\$/m.test(text));
      expect(withTotal).toHaveLength(1);
      expect(withTotal[0]!.text.match(/Ponto \d+/g)!.length).toBeGreaterThanOrEqual(2);
    },
  );

  it.each([
    ['of words', LONG],
    ['of one word', UNBROKEN],
  ])('in names of 255 characters is whole, and stays on the paper (%s)', async (_, long) => {
    const pages = await read({
      title: long,
      issuer: { ...ISSUER, name: long, legalName: long, addressLines: [long] },
      billTo: { ...CUSTOMER, name: `Z${long}`.slice(0, 255), legalName: long, addressLines: [long] },
      purchaseOrder: long,
      lines: [{ description: long, detail: long, quantity: '1', unitPrice: 1n, net: 1n }],
      lateTerms: long,
      note: long,
      boleto: { ...BOLETO, beneficiary: { ...ISSUER, legalName: long }, payer: { ...CUSTOMER, legalName: long } },
      fiscalNotes: [{ number: long }],
    });
    const text = pages.map((page) => page.text).join('\n');
    const squeezed = text.replace(/\s/g, '');
    expect(squeezed.split(long.replace(/\s/g, '')).length - 1).toBeGreaterThanOrEqual(9);
    for (const { inkIn } of pages) {
      expect(inkIn(0, 10, 50, 830)).toBe(false);
      expect(inkIn(546, 10, 49, 830)).toBe(false);
    }
    expect(pages.flatMap(({ codes }) => codes.map(({ text: said }) => said)).sort()).toEqual(
      [PIX_CODE, BOLETO.barcode].sort(),
    );
  });

  it('of a line longer than a page goes on over the next', async () => {
    const detail = Array.from({ length: 2000 }, (_, index) => `palavra${index}`).join(' ');
    const pages = await read({ lines: [{ description: 'Tudo', detail, quantity: '1', unitPrice: 1n, net: 1n }] });
    const text = pages.map((page) => page.text).join('\n');
    expect(text.match(/palavra\d+/g)).toHaveLength(2000);
    for (const { inkIn } of pages) expect(inkIn(0, 788.5, 595, 2)).toBe(false);
  });

  it('of a note longer than a page too', async () => {
    const note = Array.from({ length: 2000 }, (_, index) => `palavra${index}`).join(' ');
    const pages = await read({ note });
    expect(
      pages
        .map((page) => page.text)
        .join('\n')
        .match(/palavra\d+/g),
    ).toHaveLength(2000);
  });
});

describe('letters that the font lacks', () => {
  it('are left out, made plainer, or seen to be missing, and never boxes', async () => {
    const text = await textOf({
      title: 'Fibra 🚀 para todos 👨‍👩‍👧 já',
      note: 'Nº 1‑2: ＦＵＬＬ 𝐁𝐨𝐥𝐝 ﬁ',
      billTo: { ...CUSTOMER, legalName: 'شركة Estrela 星' },
    });
    expect(text).toContain('Fibra para todos já');
    expect(text).toContain('Nº 1-2: FULL Bold fi');
    expect(text).toContain('???? Estrela ?');
  });

  it('are few: what Latin, Greek and Cyrillic are written with is there', async () => {
    const said = 'Łódź Ẽ ğ ő ș Việt Ωμέγα Київ Ўзбек € ₹ № → ≤ ½ “sim” – não…';
    expect(await textOf({ note: said })).toContain(said);
  });
});

describe('a logo', () => {
  const logo = picture(40, 20);
  const brokenAt = (place: number) => Buffer.from(logo.map((byte, index) => (index === place ? byte ^ 0xff : byte)));

  it('of a mark stands before the name, a wide one for it', async () => {
    const isDrawn = ({ inkIn }: ReadPage) => inkIn(52, 50, 10, 20);
    const [mark] = await read({ logo });
    expect(mark!.text).toMatch(/^Aurora Telecom /);
    expect(isDrawn(mark!)).toBe(true);
    const [wide] = await read({ logo: picture(120, 20) });
    expect(wide!.text).toMatch(/^Fatura FT/);
    expect(isDrawn(wide!)).toBe(true);
  });

  it.each([
    ['no picture', Buffer.from('no picture')],
    ['nothing', Buffer.alloc(0)],
    ['half of one', logo.subarray(0, logo.length / 2)],
    ['one without its end', logo.subarray(0, -12)],
    ['one with another byte', brokenAt(logo.length - 20)],
    ['one whose pixels are none', picture(40, 20, Buffer.from('none'))],
  ])('that is %s leaves the name', async (_, file) => {
    expect(await renderInvoice(invoice({ logo: file }))).toEqual(await renderInvoice(invoice()));
  });
});

/** A red PNG, half transparent. */
function picture(width: number, height: number, pixels?: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  const row = Buffer.from([0, ...Array.from({ length: width }, () => [255, 0, 0, 128]).flat()]);
  const chunk = (type: string, data: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, sum]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', pixels ?? deflateSync(Buffer.concat(Array(height).fill(row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
