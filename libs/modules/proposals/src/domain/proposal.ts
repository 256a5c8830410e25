import { addDays, type Day, type Discount } from '@balcao/money';
import type { DraftLine } from '@balcao/module-billing';

/** What a proposal is by its own columns; the database works it out. */
export const PROPOSAL_STATES = ['draft', 'sent', 'accepted', 'rejected', 'withdrawn', 'expired'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** What has become of a version. */
export const VERSION_STATES = ['draft', 'sent', 'superseded', 'accepted', 'rejected', 'withdrawn', 'expired'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** What acceptance brings. */
export const OUTCOME_KINDS = ['invoice', 'subscription'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** What is said of each. */
interface Outcome {
  /**
   * Whether whoever accepts chooses the day on which it begins: from that day on, until so many behind the last one on which the
   * proposal can be decided.
   */
  startWithinDays: number | null;
}
/**
 * An invoice of the proposal's lines, opened at once and due so many days later, or as the organization's terms say; counted from the
 * day on which it begins, where that is chosen.
 */
export interface InvoiceOutcome extends Outcome {
  kind: 'invoice';
  dueDays: number | null;
}
/** A subscription to these prices, from a day on or from the day of acceptance. Its lines are those of its first period. */
export interface SubscriptionOutcome extends Outcome {
  kind: 'subscription';
  items: readonly { priceId: string; quantity: string; detail: string | null }[];
  startsOn: Day | null;
  dueDays: number | null;
}
export type ProposalOutcome = InvoiceOutcome | SubscriptionOutcome;

/** Why somebody says no. */
export const REJECTION_REASONS = ['price', 'timing', 'not_now', 'competitor', 'other'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export const SIGNATURE_KINDS = ['typed', 'drawn'] as const;
export type SignatureKind = (typeof SIGNATURE_KINDS)[number];

/** What a version says, as it is written. */
export interface ProposalContent {
  introduction: string | null;
  terms: string | null;
  lines: readonly DraftLine[];
  /** Off all lines. */
  discount: Discount | null;
  outcome: ProposalOutcome;
}

/** The status of a proposal on a day of the organization's calendar: whoever has not decided by its last day cannot any more. */
export const statusOf = (
  { state, validUntil }: { state: ProposalState; validUntil: Day | null },
  today: Day,
): ProposalState => (state === 'sent' && validUntil !== null && validUntil < today ? 'expired' : state);

/** Last day that whoever accepts may choose as the first; null where the text leaves them no choice. */
export function lastStart({
  outcome: { startWithinDays },
  validUntil,
}: {
  outcome: Pick<ProposalOutcome, 'startWithinDays'>;
  validUntil: Day;
}): Day | null {
  return startWithinDays === null ? null : addDays(validUntil, startWithinDays);
}

/** What became of a version: the one that counts shares its proposal's lot. */
export function versionStateOf(
  version: { isSent: boolean; isCurrent: boolean },
  proposal: { state: ProposalState; validUntil: Day | null },
  today: Day,
): VersionState {
  if (!version.isSent) return 'draft';
  return version.isCurrent ? statusOf(proposal, today) : 'superseded';
}

/** Content as a row keeps it: amounts as texts, since JSON has no whole numbers of their size. */
export const keptContent = (content: ProposalContent): unknown =>
  JSON.parse(JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));

type Kept<Value> = Value extends bigint
  ? string
  : Value extends object
    ? { [Name in keyof Value]: Kept<Value[Name]> }
    : Value;

export function readContent(kept: Kept<ProposalContent>): ProposalContent {
  const discountOf = (discount: Kept<Discount> | null | undefined): Discount | null => {
    if (!discount) return null;
    return discount.amount === undefined ? { percent: discount.percent! } : { amount: BigInt(discount.amount) };
  };
  return {
    ...kept,
    discount: discountOf(kept.discount),
    lines: kept.lines.map((line) => ({
      ...line,
      unitPrice: BigInt(line.unitPrice),
      discount: discountOf(line.discount),
    })),
  };
}
