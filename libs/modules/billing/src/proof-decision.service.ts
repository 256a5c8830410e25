import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { Day } from '@balcao/money';
import { Mailer } from '@balcao/platform-mail';
import { Database, sql, type Db, type StaffContext, type Total } from '@balcao/platform-tenancy';
import { BillingSettingsService } from './billing-settings.service.js';
import { CreditService } from './credit.service.js';
import { Ledger } from './ledger.service.js';
import type { DepositMethod } from './persistence/billing.entities.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import {
  PaymentProofRepository,
  type PaymentProofRow,
  type ProofFilter,
  type StaffProofRow,
} from './persistence/payment-proof.repository.js';
import { proofChanged, type ProofFile } from './proof-files/proof-file.js';
import { ProofFiles } from './proof-files/proof-files.js';
import { todayOf } from './today.js';

/** What staff confirm of a payment that a proof shows. */
export interface ConfirmedPayment {
  /** In minor units of the invoice's currency. */
  amount: bigint;
  receivedOn: Day;
  method: DepositMethod;
  reference?: string | null;
  note?: string | null;
  /** Whether the money is taken although nothing of the invoice is owed any more: it stays the customer's credit. */
  asCredit?: boolean;
}

/** What staff make of the proofs that customers send: each is decided once. */
@Injectable()
export class ProofDecisionService {
  constructor(
    private readonly database: Database,
    private readonly proofs: PaymentProofRepository,
    private readonly invoices: InvoiceRepository,
    private readonly ledger: Ledger,
    private readonly credits: CreditService,
    private readonly settings: BillingSettingsService,
    private readonly files: ProofFiles,
    private readonly mailer: Mailer,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  async list(context: StaffContext, filter: ProofFilter): Promise<Total & { rows: StaffProofRow[] }> {
    return this.database.read(context, (db) => this.proofs.list(db, filter));
  }

  /** @throws DomainError not_found, also for what was not sent */
  async get(context: StaffContext, id: string): Promise<StaffProofRow> {
    return this.database.read(context, async (db) => found(await this.proofs.staffDetail(db, id)));
  }

  /** Where the file can be fetched for a short while. @throws DomainError not_found */
  async file(context: StaffContext, id: string): Promise<ProofFile> {
    return this.files.addressOf(context.organizationId, await this.get(context, id));
  }

  /**
   * Writes down the money that a proof shows; it pays the proof's invoice, with what its lateness has added by that day, and what is
   * more stays the customer's credit.
   * @throws DomainError not_found, payment_proof_decided, invoice_not_open where nothing is owed and nobody said `asCredit`,
   *   validation_failed for a day to come
   */
  async accept(
    context: StaffContext,
    id: string,
    { asCredit = false, ...payment }: ConfirmedPayment,
  ): Promise<StaffProofRow> {
    if (payment.receivedOn > todayOf(context)) throw refusedField('receivedOn', 'notAfterToday');
    return this.database.transaction(context, async (db) => {
      const { invoiceId } = found(await this.proofs.staffDetail(db, id));
      // Before the proof, as whoever posts holds the customer's account first.
      const invoice = await this.ledger.hold(db, invoiceId);
      const proof = await this.hold(db, id);
      if (invoice.owed === 0n && !asCredit) throw new DomainError('invoice_not_open');
      const { billingAccountId, currency } = invoice;
      const application = { invoiceIds: [invoiceId] };
      const terms = await this.settings.terms(db, context);
      const deposit = { ...payment, billingAccountId, currency, application };
      const { id: depositId } = await this.credits.depositHeld(db, context, terms, deposit);
      const decided = { status: 'accepted' as const, depositId };
      await this.decide(db, context, proof, decided);
      await this.invoices.addEvent(db, context, invoice, { kind: 'proof_accepted', amount: payment.amount });
      await this.record(db, context, proof, 'staff.payment_proof.accept', decided);
      return found(await this.proofs.staffDetail(db, id));
    });
  }

  /** Refuses a proof: its sender reads why, and reminders go on. @throws DomainError not_found, payment_proof_decided */
  async refuse(context: StaffContext, id: string, reason: string): Promise<StaffProofRow> {
    return this.database.transaction(context, async (db) => {
      const proof = await this.hold(db, id);
      const { invoiceId, billingAccountId, portalUserId } = proof;
      const decided = { status: 'refused' as const, reason };
      await this.decide(db, context, proof, decided);
      await this.invoices.addEvent(db, context, { id: invoiceId, billingAccountId }, { kind: 'proof_refused' });
      await this.record(db, context, proof, 'staff.payment_proof.refuse', decided);
      await this.mailer.enqueue(db, context, {
        template: 'payment-proof-refused',
        businessKey: `payment-proof-refused:${id}`,
        recipient: await senderOf(db, portalUserId),
        ids: { invoiceId, paymentProofId: id, portalUserId },
      });
      return found(await this.proofs.staffDetail(db, id));
    });
  }

  /** Of two who decide at once the second finds it decided. */
  private async hold(db: Db, id: string): Promise<PaymentProofRow> {
    const proof = found(await this.proofs.find(db, id, { held: true }));
    if (!proof.sentAt) throw new DomainError('not_found');
    if (proof.status !== 'open') throw new DomainError('payment_proof_decided');
    return proof;
  }

  private async decide(
    db: Db,
    context: StaffContext,
    { id }: PaymentProofRow,
    decided: { status: 'accepted'; depositId: string } | { status: 'refused'; reason: string },
  ): Promise<void> {
    await this.proofs.update(db, id, {
      ...decided,
      decidedAt: context.clock.now(),
      decidedById: context.principal.user.id,
    });
  }

  private async record(
    db: Db,
    context: StaffContext,
    proof: PaymentProofRow,
    action: 'staff.payment_proof.accept' | 'staff.payment_proof.refuse',
    after: object,
  ): Promise<void> {
    const { id, billingAccountId, status } = proof;
    const target = { type: 'payment_proof', id };
    await this.audit.record(db, context, { action, target, billingAccountId, changes: { before: { status }, after } });
    await this.events.publish(db, context, ...proofChanged(proof));
  }
}

async function senderOf(db: Db, portalUserId: string): Promise<{ email: string; name: string; locale: string }> {
  const sender = await db.first<{ email: string; name: string; locale: string }>(sql`
    select u.email, u.name, coalesce(u.locale, o.locale) as locale
    from portal_users u join organizations o on o.id = u.organization_id
    where ${db.tenant('u')} and u.id = ${portalUserId}::uuid`);
  return sender!;
}
