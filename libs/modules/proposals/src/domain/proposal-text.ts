import { createHash } from 'node:crypto';
import type { Issuer, Party } from '@balcao/module-billing';
import type { Day, Discount, InvoiceTotals } from '@balcao/money';
import { canonicalJson, type Json } from './canonical-json.js';
import type { ProposalContent, ProposalOutcome } from './proposal.js';

/** What goes into the text of a version besides its content. */
export interface TextFacts {
  organizationId: string;
  proposalId: string;
  number: string;
  /** What staff call it elsewhere; null for nothing. */
  reference: string | null;
  version: number;
  title: string;
  currency: string;
  issuedOn: Day;
  validUntil: Day;
  issuer: Issuer;
  customer: Party;
  /** Who of the staff answers questions. */
  contact: { name: string; email: string } | null;
  files: readonly { name: string; mediaType: string; bytes: number; digest: string }[];
}

/** A line as it was sent, with what it comes to. Amounts are minor units. */
export interface TextLine {
  description: string;
  detail: string | null;
  startsOn: Day | null;
  endsOn: Day | null;
  quantity: string;
  unitPrice: bigint;
  discountPercent: string | null;
  discountAmount: bigint | null;
  taxName: string | null;
  taxPercent: string | null;
  taxIsIncluded: boolean;
  gross: bigint;
  discount: bigint;
  tax: bigint;
}

/** A version as it was sent: what its text says. */
export interface ProposalText extends TextFacts {
  introduction: string | null;
  terms: string | null;
  outcome: ProposalOutcome;
  discountPercent: string | null;
  discountAmount: bigint | null;
  lines: TextLine[];
  subtotal: bigint;
  discount: bigint;
  taxAdded: bigint;
  taxIncluded: bigint;
  total: bigint;
}

const FORMAT = 'balcao-proposal/1';

/**
 * The text of a version and its SHA-256: what is proposed, to the byte. Whoever shows, signs or prints a version reads this text and
 * nothing else. It is JSON in canonical form, so that it does not hang on how a page or a document looks.
 */
export function proposalText(
  facts: TextFacts,
  content: ProposalContent,
  totals: InvoiceTotals,
): { text: string; digest: string } {
  const { introduction, terms, outcome, discount } = content;
  const told = {
    format: FORMAT,
    ...facts,
    ...{ introduction, terms, outcome },
    ...discountOf(discount),
    lines: content.lines.map((line, place) => {
      const { gross, discount: off, tax } = totals.lines[place]!;
      return {
        description: line.description,
        detail: line.detail ?? null,
        startsOn: line.startsOn ?? null,
        endsOn: line.endsOn ?? null,
        quantity: line.quantity,
        unitPrice: line.unitPrice,
        ...discountOf(line.discount ?? null),
        taxName: line.tax?.name ?? null,
        taxPercent: line.tax?.percent ?? null,
        taxIsIncluded: line.tax?.included ?? false,
        ...{ gross, discount: off, tax },
      };
    }),
    subtotal: totals.subtotal,
    discount: totals.discount,
    taxAdded: totals.taxAdded,
    taxIncluded: totals.taxIncluded,
    total: totals.total,
  };
  const text = canonicalJson(plain(told));
  return { text, digest: digestOf(text) };
}

/** SHA-256 of a text's bytes, in hexadecimal digits. */
export const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const AMOUNTS = new Set([
  'unitPrice',
  'gross',
  'discount',
  'discountAmount',
  'tax',
  'subtotal',
  'taxAdded',
  'taxIncluded',
  'total',
]);

/** What a text that was sent says. @throws Error for one that is none */
export function readProposalText(text: string): ProposalText {
  const told = JSON.parse(text, (name, value: unknown) =>
    AMOUNTS.has(name) && typeof value === 'string' ? BigInt(value) : value,
  ) as ProposalText & { format: string };
  if (told.format !== FORMAT) throw new Error('Not the text of a proposal');
  const { format: _format, ...proposal } = told;
  return proposal;
}

/** The lines of a text as whoever makes an invoice of them writes lines. */
export const contentOf = (text: ProposalText): ProposalContent => ({
  introduction: text.introduction,
  terms: text.terms,
  outcome: text.outcome,
  discount: discountIn(text),
  lines: text.lines.map((line) => ({
    description: line.description,
    detail: line.detail,
    startsOn: line.startsOn,
    endsOn: line.endsOn,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    discount: discountIn(line),
    tax: line.taxName === null ? null : { name: line.taxName, percent: line.taxPercent!, included: line.taxIsIncluded },
  })),
});

const discountOf = (discount: Discount | null) => ({
  discountPercent: discount?.percent ?? null,
  discountAmount: discount?.amount ?? null,
});

function discountIn({
  discountPercent: percent,
  discountAmount: amount,
}: {
  discountPercent: string | null;
  discountAmount: bigint | null;
}): Discount | null {
  if (percent !== null) return { percent };
  return amount === null ? null : { amount };
}

/** Amounts as texts: JSON's numbers do not hold them all. */
const plain = (value: object): Json =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each))) as Json;
