import { Injectable, Optional } from '@nestjs/common';
import { InvoiceDraftService, InvoiceRepository, InvoiceService, type BillingTerms } from '@balcao/module-billing';
import { addDays } from '@balcao/money';
import { DomainError, found } from '@balcao/platform-errors';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import type {
  InvoiceOutcome,
  OutcomeKind,
  ProposalContent,
  ProposalOutcome,
  SubscriptionOutcome,
} from './domain/proposal.js';

/** What was accepted, in the transaction that writes it down. */
export interface Accepted<Outcome = ProposalOutcome> {
  proposalId: string;
  number: string;
  billingAccountId: string;
  title: string;
  currency: string;
  content: ProposalContent & { outcome: Outcome };
}

/** What acceptance brings, by what was agreed on. */
export abstract class ProposalFulfilment<Outcome = ProposalOutcome> {
  /**
   * The content with the lines that acceptance asks for first, where the outcome says those; as it is written otherwise.
   * @throws DomainError for an outcome that cannot be
   */
  abstract offered(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    content: ProposalContent & { outcome: Outcome },
  ): Promise<ProposalContent>;

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

  offered(_db: Db, _context: OrganizationContext, _terms: BillingTerms, content: ProposalContent) {
    return Promise.resolve(content);
  }

  async fulfil(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    { proposalId, number, billingAccountId, title, currency, content }: Accepted<InvoiceOutcome>,
  ): Promise<null> {
    const { lines, discount, outcome } = content;
    const dueOn = outcome.dueDays === null ? null : addDays(terms.today, outcome.dueDays);
    const proposal = { id: proposalId, number };
    const invoice = { billingAccountId, proposal, title, currency, dueOn, lines, discount };
    const id = await this.drafts.insert(db, context, terms, invoice, 'proposal');
    await this.invoices.openHeld(db, context, terms, found(await this.rows.lock(db, id)));
    return null;
  }
}

/** A subscription that begins with acceptance; bound where the installation has subscriptions. */
export abstract class SubscriptionFulfilment extends ProposalFulfilment<SubscriptionOutcome> {}

/** Finds who brings what. */
@Injectable()
export class ProposalFulfilments {
  constructor(
    private readonly invoice: InvoiceFulfilment,
    @Optional() private readonly subscription?: SubscriptionFulfilment,
  ) {}

  /** @throws DomainError proposal_outcome_unavailable where nobody brings it */
  of(kind: OutcomeKind): ProposalFulfilment {
    const fulfilment = kind === 'invoice' ? this.invoice : this.subscription;
    if (!fulfilment) throw new DomainError('proposal_outcome_unavailable');
    return fulfilment as ProposalFulfilment;
  }
}
