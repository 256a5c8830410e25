import { currentLocale, missingText, orNull, translate } from '@balcao/ui';
import { isDay } from '@balcao/money';
import type { Proposal, ProposalInput } from '../../data/proposals.js';
import type { Reference } from '../../data/types.js';
import { emptyLine, sentDiscount, typedDiscount, typedLine, type Reckoning } from './draft.js';
import { problemText } from './typed.js';
import { useLinesForm, type LinesForm, type LinesValues } from './use-lines-form.js';

export interface ProposalValues extends LinesValues {
  account: Reference | undefined;
  /** What it is called elsewhere; empty for nothing. */
  reference: string;
  title: string;
  validUntil: string;
  contactId: string;
  introduction: string;
  terms: string;
  /** What acceptance brings. */
  outcome: 'invoice' | 'subscription';
  /** Of a subscription, as `SubscriptionWish` writes them. */
  items: string;
  /** Its first day; the day of acceptance where empty. */
  startsOn: string;
  /** Whether whoever accepts chooses the first day. */
  startIsChosen: boolean;
  /** So many days behind the last one of the proposal at most. */
  startWithinDays: string;
  /** From acceptance to the due date; empty for as many as usual. */
  dueDays: string;
}

const MOST_DAYS = 365;
/** What stands there until somebody says otherwise. */
const USUAL_DAYS = 30;

/** What stands in the fields of a draft, or of a new proposal. */
export function proposalValues(proposal?: Proposal, account?: Reference, contactId = ''): ProposalValues {
  const locale = currentLocale();
  const draft = proposal?.draft;
  const outcome = draft?.outcome;
  // The lines of a subscription are its plans'.
  const lines = outcome?.kind === 'subscription' ? [] : (draft?.lines.map((line) => typedLine(line, locale)) ?? []);
  return {
    account: proposal?.billingAccount ?? account,
    reference: draft?.reference ?? '',
    title: draft?.title ?? '',
    validUntil: draft?.validUntil ?? '',
    contactId: proposal ? (proposal.contactId ?? '') : contactId,
    introduction: draft?.introduction ?? '',
    terms: draft?.terms ?? '',
    outcome: outcome?.kind ?? 'invoice',
    items: outcome && outcome.items.length > 0 ? JSON.stringify(outcome.items) : '',
    startsOn: outcome?.startsOn ?? '',
    startIsChosen: (outcome?.startWithinDays ?? null) !== null,
    startWithinDays: String(outcome?.startWithinDays ?? USUAL_DAYS),
    dueDays: String(outcome?.dueDays ?? ''),
    ...typedDiscount(draft?.discount ?? null, locale),
    lines: JSON.stringify(lines.length > 0 ? lines : [emptyLine()]),
  };
}

const daysProblem = (text: string): string | undefined =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) <= MOST_DAYS
    ? undefined
    : translate('billing.settings.wholeWrong', { from: 0, to: MOST_DAYS });

/** The form of a version while it is written: its own fields, its lines, and what they come to. */
export function useProposalForm(options: {
  initial: () => ProposalValues;
  currency: string;
  /** The day that it is where the organization is. */
  today: () => string;
  /** The first day that may be its last one where it is about to be sent; a draft that is only kept may have any, or none. */
  earliestEnd: () => string | undefined;
  save: (input: ProposalInput) => Promise<void>;
}): LinesForm<ProposalValues> {
  const { initial, currency, today, earliestEnd, save } = options;
  return useLinesForm<ProposalValues>({
    initial,
    currency,
    hasLines: ({ outcome }) => outcome === 'invoice',
    validate: (values) => {
      const earliest = earliestEnd();
      return {
        account: values.account ? undefined : translate('billing.editor.accountMissing'),
        title: missingText(values.title, translate('billing.editor.title')),
        validUntil:
          earliest === undefined
            ? undefined
            : isDay(values.validUntil)
              ? values.validUntil < earliest
                ? problemText('datePast')
                : undefined
              : problemText('dateMissing'),
        dueDays: values.dueDays.trim() === '' ? undefined : daysProblem(values.dueDays),
        startWithinDays: values.startIsChosen ? daysProblem(values.startWithinDays) : undefined,
        ...(values.outcome === 'subscription' && {
          items: values.items === '' ? translate('billing.proposals.itemsMissing') : undefined,
          startsOn:
            !values.startIsChosen && values.startsOn !== '' && values.startsOn < today()
              ? problemText('datePast')
              : undefined,
        }),
      };
    },
    save: (values, reckoning) => save(inputOf(values, reckoning, currency)),
  });
}

function inputOf(values: ProposalValues, { sent, discount }: Reckoning, currency: string): ProposalInput {
  const dueDays = values.dueDays.trim() === '' ? null : Number(values.dueDays);
  const startWithinDays = values.startIsChosen ? Number(values.startWithinDays) : null;
  const isSubscription = values.outcome === 'subscription';
  return {
    billingAccountId: values.account!.id,
    reference: orNull(values.reference),
    title: values.title.trim(),
    currency,
    validUntil: isDay(values.validUntil) ? values.validUntil : null,
    contactId: values.contactId || null,
    introduction: values.introduction.trim() || null,
    terms: values.terms.trim() || null,
    discount: isSubscription ? null : sentDiscount(discount),
    lines: isSubscription ? [] : sent,
    outcome: isSubscription
      ? {
          kind: 'subscription',
          items: JSON.parse(values.items) as { priceId: string }[],
          startsOn: values.startIsChosen ? null : values.startsOn || null,
          startWithinDays,
          dueDays,
        }
      : { kind: 'invoice', startWithinDays, dueDays },
  };
}
