import type { Locale } from '@balcao/contracts';
import { featureSettings, portalOrigin } from '@balcao/module-directory';
import type { ProposalDocument } from '../documents/proposal-document.js';
import type { Issuer, Party } from '../persistence/billing.entities.js';
import { printedLine, taxesOf, type PrintedLine, type TaxedLine } from './invoice-paper.js';
import { frameOf, paperOf, type Paper, type PaperPortal } from './paper.js';

/** What a version of a proposal says, and what became of it; its module knows it. */
export interface PrintedProposal extends Pick<
  ProposalDocument,
  'number' | 'version' | 'state' | 'title' | 'issuedOn' | 'validUntil' | 'currency' | 'files' | 'source' | 'digest'
> {
  proposalId: string;
  /** What staff call it elsewhere; null for nothing. */
  reference: string | null;
  versionId: string;
  billingAccountId: string;
  /** As they were when it was sent. */
  issuer: Issuer;
  billTo: Party;
  introduction: string | null;
  terms: string | null;
  lines: readonly (PrintedLine & TaxedLine)[];
  /** In minor units: all lines, what is taken off them together, what it comes to. */
  subtotal: bigint;
  discount: bigint;
  total: bigint;
  /** In the words of each language. */
  outcome: Record<Locale, string>;
  evidence: Omit<NonNullable<ProposalDocument['evidence']>, 'checkUrl'> | null;
}

/** What the document of a proposal shows. */
export function proposalPaper(
  proposal: PrintedProposal,
  portal: PaperPortal | undefined,
  publicUrl: string,
  locale: Locale,
): Paper<ProposalDocument> {
  const { number, version, state, title, issuedOn, validUntil, currency, files, source, digest } = proposal;
  const { reference, issuer, billTo, introduction, terms, lines, subtotal, discount, total, evidence } = proposal;
  const checkUrl =
    portal && featureSettings.of(portal.settings).billing
      ? `${portalOrigin(portal, publicUrl)}/portal/proposal-check`
      : undefined;
  const document: ProposalDocument = {
    ...frameOf(locale, portal, { issuer, billTo }),
    ...{ number, version, state, title, issuedOn, validUntil, currency, files, source, digest },
    ...(reference && { reference }),
    ...(introduction && { introduction }),
    lines: lines.map((line) => printedLine(line, locale)),
    totals: {
      subtotal,
      discount,
      taxesAdded: taxesOf(lines, false, locale),
      taxesIncluded: taxesOf(lines, true, locale),
      total,
    },
    ...(terms && { terms }),
    outcome: proposal.outcome[locale],
    ...(evidence && { evidence: { ...evidence, ...(checkUrl && { checkUrl }) } }),
  };
  return paperOf(document, portal, `${number}-v${version}`);
}
