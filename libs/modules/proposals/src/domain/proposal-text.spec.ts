import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { invoiceTotals, type Discount } from '@balcao/money';
import type { ProposalContent } from './proposal.js';
import { contentOf, digestOf, proposalText, readProposalText, type TextFacts } from './proposal-text.js';

const PARTY = { name: 'Aurora', legalName: null, taxId: null, address: null, email: null, phone: null };
const FACTS: TextFacts = {
  organizationId: '00000000-0000-0000-0000-000000000001',
  proposalId: '00000000-0000-0000-0000-000000000002',
  number: 'P-2026-000001',
  reference: 'OP-4711',
  version: 1,
  title: 'Fibra 1 Giga nas duas lojas',
  currency: 'BRL',
  issuedOn: '2026-11-16',
  validUntil: '2026-11-30',
  issuer: { ...PARTY, municipalRegistration: null },
  customer: { ...PARTY, name: 'Padaria Estrela' },
  contact: null,
  files: [],
};

const discount = fc.option(
  fc.oneof(
    fc.integer({ min: 1, max: 100 }).map((percent): Discount => ({ percent: String(percent) })),
    fc.bigInt({ min: 1n, max: 50n }).map((amount): Discount => ({ amount })),
  ),
);
const line = fc.record({
  description: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  detail: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })),
  startsOn: fc.constant(null),
  endsOn: fc.constant(null),
  quantity: fc.integer({ min: 1, max: 900 }).map((hundredths) => String(hundredths / 100)),
  unitPrice: fc.bigInt({ min: 10_000n, max: 1_000_000n }),
  discount,
  tax: fc.option(
    fc.record({
      name: fc.constantFrom('ISS', 'ICMS'),
      percent: fc.constantFrom('5', '2.5', '18'),
      included: fc.boolean(),
    }),
  ),
});
const content: fc.Arbitrary<ProposalContent> = fc.record({
  introduction: fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
  terms: fc.option(fc.constantFrom('Sem fidelidade.', '<script>alert(1)</script>', 'a\nb')),
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  discount,
  outcome: fc.constant({ kind: 'invoice' as const, dueDays: 10, startWithinDays: 30 }),
});

const totalsOf = ({ lines, discount: off }: ProposalContent) =>
  invoiceTotals({
    currency: 'BRL',
    discount: off ?? undefined,
    lines: lines.map((each) => ({
      quantity: each.quantity,
      unitPrice: each.unitPrice,
      discount: each.discount ?? undefined,
      tax: each.tax ? { rate: each.tax.percent, included: each.tax.included } : undefined,
    })),
  }).totals;

describe("a proposal's text", () => {
  it('comes to what the invoice of its lines will come to, to the cent', () => {
    fc.assert(
      fc.property(content, (written) => {
        const totals = totalsOf(written);
        fc.pre(totals !== undefined);
        const { text } = proposalText(FACTS, written, totals!);
        const read = readProposalText(text);
        expect(read.total).toBe(totals!.total);
        // What acceptance makes its invoice of is read from the text alone.
        expect(contentOf(read)).toEqual(written);
        expect(totalsOf(contentOf(read))).toEqual(totals);
      }),
    );
  });

  it('has the SHA-256 of its bytes, and another with the least change', () => {
    const written: ProposalContent = {
      introduction: null,
      terms: 'Sem fidelidade.',
      lines: [
        {
          description: 'Fibra',
          quantity: '1',
          unitPrice: 38_990n,
          detail: null,
          startsOn: null,
          endsOn: null,
          discount: null,
          tax: null,
        },
      ],
      discount: null,
      outcome: { kind: 'invoice', dueDays: null, startWithinDays: null },
    };
    const { text, digest } = proposalText(FACTS, written, totalsOf(written)!);
    expect(digest).toBe(digestOf(text));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const other = proposalText(FACTS, { ...written, terms: 'Sem fidelidade!' }, totalsOf(written)!);
    expect(other.digest).not.toBe(digest);
    expect(proposalText({ ...FACTS }, { ...written }, totalsOf(written)!).digest).toBe(digest);
  });

  it('is nothing else', () => {
    expect(() => readProposalText('{"format":"another"}')).toThrow();
  });
});
