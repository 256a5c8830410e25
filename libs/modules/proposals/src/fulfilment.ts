import { Injectable } from '@nestjs/common';
import { InvoiceDraftService, InvoiceRepository, InvoiceService, type BillingTerms } from '@balcao/module-billing';
import { SubscriptionCreationService, mayStartOn } from '@balcao/module-subscriptions';
import { addDays, isKeepableDay, type Day } from '@balcao/money';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import {
  lastStart,
  type InvoiceOutcome,
  type OutcomeKind,
  type ProposalContent,
  type ProposalOutcome,
  type SubscriptionOutcome,
} from './domain/proposal.js';

/** What was accepted, in the transaction that writes it down. */
export interface Accepted<Outcome = ProposalOutcome> {
  proposalId: string;
  number: string;
  billingAccountId: string;
  title: string;
  currency: string;
  content: ProposalContent & { outcome: Outcome };
  /** The day that whoever accepted chose, today or later; null where they had no choice. */
  startsOn: Day | null;
}

/** What is proposed until a day; null while nobody has said which. */
interface Offered<Outcome> {
  currency: string;
  validUntil: Day | null;
  content: ProposalContent & { outcome: Outcome };
}

/** What acceptance brings, by what was agreed on. */
export abstract class ProposalFulfilment<Outcome = ProposalOutcome> {
  /**
   * The content with the lines that acceptance asks for first, where the outcome says those; as it is written otherwise.
   * @throws DomainError for an outcome that cannot be: validation_failed for days that are too far; of a subscription plan_archived,
   *   plans_do_not_fit, too
   */
  abstract offered(db: Db, terms: BillingTerms, version: Offered<Outcome>): Promise<ProposalContent>;

  /**
   * Makes it, in the transaction of the decision, which holds the customer's ledger account and the proposal.
   * @param context of the organization; what is made is the system's doing, as the decision was the customer's
   * @returns the subscription that began, where one did
   */
  abstract fulfil(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    accepted: Accepted<Outcome>,
  ): Promise<string | null>;
}

/** An invoice of the proposal's lines, opened at once. */
@Injectable()
export class InvoiceFulfilment extends ProposalFulfilment<InvoiceOutcome> {
  constructor(
    private readonly drafts: InvoiceDraftService,
    private readonly invoices: InvoiceService,
    private readonly rows: InvoiceRepository,
  ) {
    super();
  }

  offered(_db: Db, terms: BillingTerms, { validUntil, content }: Offered<InvoiceOutcome>): Promise<ProposalContent> {
    const { outcome } = content;
    requireStart(outcome, validUntil, (day) => isKeepableDay(addDays(day, outcome.dueDays ?? terms.dueDays)));
    return Promise.resolve(content);
  }

  async fulfil(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    { proposalId, number, billingAccountId, title, currency, content, startsOn }: Accepted<InvoiceOutcome>,
  ): Promise<null> {
    const { lines, discount, outcome } = content;
    const dueOn = addDays(startsOn ?? terms.today, outcome.dueDays ?? terms.dueDays);
    const proposal = { id: proposalId, number };
    const invoice = { billingAccountId, proposal, title, currency, dueOn, lines, discount };
    const id = await this.drafts.insert(db, context, terms, invoice, 'proposal');
    await this.invoices.openHeld(db, context, terms, found(await this.rows.lock(db, id)));
    return null;
  }
}

/** A subscription that begins with acceptance, at the prices that were proposed. */
@Injectable()
export class SubscriptionFulfilment extends ProposalFulfilment<SubscriptionOutcome> {
  constructor(private readonly subscriptions: SubscriptionCreationService) {
    super();
  }

  async offered(
    db: Db,
    terms: BillingTerms,
    { currency, validUntil, content }: Offered<SubscriptionOutcome>,
  ): Promise<ProposalContent> {
    const { items, startsOn, dueDays } = content.outcome;
    requireStart(content.outcome, validUntil, mayStartOn);
    // What would be taken off is off its first period alone: there is no saying so of a subscription.
    if (content.discount) throw refusedField('discount', 'notOfSubscription');
    const wish = { items, startsOn: startsOn ?? undefined, dueDays };
    const quote = await withinOutcome(() => this.subscriptions.quoteWithin(db, terms, wish));
    if (quote.currency !== currency) throw new DomainError('plans_do_not_fit');
    // The days of one that begins with acceptance are not known before.
    const days = startsOn === null ? { startsOn: null, endsOn: null } : {};
    return { ...content, lines: quote.lines.map((line) => ({ ...line, ...days })) };
  }

  async fulfil(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    { billingAccountId, content: { outcome }, startsOn: chosen }: Accepted<SubscriptionOutcome>,
  ): Promise<string> {
    const { items, dueDays } = outcome;
    const startsOn = chosen ?? outcome.startsOn;
    return this.subscriptions.createWithin(db, context, terms, {
      billingAccountId,
      items,
      dueDays,
      // Whoever decides behind its day begins at once.
      startsOn: startsOn !== null && startsOn > terms.today ? startsOn : undefined,
      isPromised: true,
    });
  }
}

/** @throws DomainError validation_failed where whoever accepts could choose a day on which it cannot begin */
function requireStart(outcome: ProposalOutcome, validUntil: Day | null, mayStart: (day: Day) => boolean): void {
  const until = validUntil && lastStart({ outcome, validUntil });
  if (until && !mayStart(until)) throw refusedField('outcome.startWithinDays', 'dayFar');
}

/** What is wrong with a subscription, by the names that the outcome has in a proposal. */
async function withinOutcome<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.fields.length === 0) throw error;
    const fields = error.fields.map((field) => ({ ...field, path: `outcome.${field.path}` }));
    throw new DomainError(error.code, { fields, cause: error });
  }
}

/** Finds who brings what. */
@Injectable()
export class ProposalFulfilments {
  constructor(
    private readonly invoice: InvoiceFulfilment,
    private readonly subscription: SubscriptionFulfilment,
  ) {}

  of(kind: OutcomeKind): ProposalFulfilment {
    return (kind === 'invoice' ? this.invoice : this.subscription) as ProposalFulfilment;
  }
}
