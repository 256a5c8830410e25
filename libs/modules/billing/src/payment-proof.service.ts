import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { Day } from '@balcao/money';
import { RateLimiter } from '@balcao/platform-state';
import { Database, refusing, systemContext, type Db, type PortalContext } from '@balcao/platform-tenancy';
import { BillingSettingsService, type BillingTerms } from './billing-settings.service.js';
import { pausedUntil, proofMediaType, proofName } from './domain/payment-proof.js';
import { plainPicture } from './domain/plain-picture.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import type { InvoiceDetailRow } from './persistence/invoice.rows.js';
import {
  PaymentProofRepository,
  type PaymentProofRow,
  type ProofWords,
} from './persistence/payment-proof.repository.js';
import { pausesOf, type ReminderPause } from './persistence/reminder-pauses.js';
import { proofChanged, type ProofFile } from './proof-files/proof-file.js';
import { ProofFiles } from './proof-files/proof-files.js';

const DAY_SECONDS = 24 * 60 * 60;
/** Files that a person, and everybody of an account, may bring in a day. */
const FILES_IN_A_DAY = 6;
const FILES_OF_AN_ACCOUNT = 20;

/** A proof, and the currency of its amount: its invoice's. */
export interface KnownProof {
  proof: PaymentProofRow;
  currency: string;
}

const ONE_AT_A_TIME = { payment_proofs_open: 'payment_proof_waiting' } as const;

/** What customers do to show that an invoice is paid: a file first, then what they say about it. */
@Injectable()
export class PaymentProofService {
  constructor(
    private readonly database: Database,
    private readonly proofs: PaymentProofRepository,
    private readonly invoices: InvoiceRepository,
    private readonly settings: BillingSettingsService,
    private readonly files: ProofFiles,
    private readonly limiter: RateLimiter,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * What was sent of an invoice, by whomever of the account, the latest first; why its reminders wait, and until when they would
   * if one were sent today.
   * @throws DomainError not_found for a draft as well
   */
  async list(
    context: PortalContext,
    invoiceId: string,
  ): Promise<{ proofs: PaymentProofRow[]; currency: string; pauses: ReminderPause[]; wouldPauseUntil: Day | null }> {
    const terms = await this.terms(context);
    return this.database.read(context, async (db) => {
      const [account, proofs, pauses] = await Promise.all([
        this.invoices.accountOf(db, invoiceId),
        this.proofs.ofInvoice(db, invoiceId),
        pausesOf(db, [invoiceId], terms.today),
      ]);
      const { currency } = found(account);
      const wouldPauseUntil = pausedUntil(terms.today, terms.proofPauseDays, currency);
      return { proofs, currency, pauses: pauses.get(invoiceId) ?? [], wouldPauseUntil };
    });
  }

  /**
   * Keeps the file of a proof that is yet to be sent. What it may count for is asked before it is read.
   * @param content reads the file, whole
   * @throws DomainError not_found, invoice_not_open, payment_proof_waiting, rate_limited, validation_failed for what is neither a photo nor a PDF
   */
  async upload(
    context: PortalContext,
    invoiceId: string,
    fileName: string,
    content: () => Promise<Buffer>,
  ): Promise<KnownProof> {
    const { billingAccount, user } = context.principal;
    const { currency } = await this.database.read(context, async (db) => {
      const invoice = requireOwed(await this.invoices.detail(db, invoiceId));
      const sent = await this.proofs.ofInvoice(db, invoiceId);
      if (sent.some(({ status, portalUserId }) => status === 'open' && portalUserId === user.id))
        throw new DomainError('payment_proof_waiting');
      return invoice;
    });
    await this.spend(billingAccount.id, user.id);
    const brought = await content();
    if (brought.length === 0) throw refusedField('file', 'pictureEmpty');
    const mediaType = proofMediaType(brought);
    if (!mediaType) throw refusedField('file', 'isProofFile');
    // Where and by which telephone a photo was taken is nobody's to know.
    const file = plainPicture(brought, mediaType);
    if (!file) throw refusedField('file', 'pictureBroken');
    const id = newId();
    const about = { id, billingAccountId: billingAccount.id, invoiceId, portalUserId: user.id };
    const row = { ...about, fileName: proofName(fileName, mediaType), mediaType, bytes: file.length };
    await this.database.transaction(context, (db) => this.proofs.add(db, row));
    try {
      await this.files.keep(context, row, file);
      return await this.database.transaction(context, async (db) => {
        await this.proofs.update(db, id, { status: 'uploaded' });
        return { proof: found(await this.proofs.find(db, id)), currency };
      });
    } catch (error) {
      await this.files.forget(context.organizationId, id);
      await this.database.transaction(context, (db) => this.proofs.forget(db, id));
      throw error;
    }
  }

  /**
   * Sends a proof whose file is there: it keeps reminders back for a while, and staff decide.
   * @throws DomainError not_found, invoice_not_open, payment_proof_waiting, payment_proof_decided where it was sent already, validation_failed for a day to come
   */
  async send(context: PortalContext, invoiceId: string, id: string, words: ProofWords): Promise<KnownProof> {
    const terms = await this.terms(context);
    if (words.paidOn > terms.today) throw refusedField('paidOn', 'notAfterToday');
    return refusing(ONE_AT_A_TIME, () =>
      this.changing(context, invoiceId, id, async (db, proof) => {
        if (proof.status !== 'uploaded') throw new DomainError('payment_proof_decided');
        const invoice = requireOwed(await this.invoices.detail(db, invoiceId));
        const sent = {
          ...words,
          status: 'open' as const,
          sentAt: context.clock.now(),
          pausedUntil: pausedUntil(terms.today, terms.proofPauseDays, invoice.currency),
        };
        await this.proofs.update(db, id, sent);
        await this.invoices.addEvent(db, context, invoice, { kind: 'proof_sent', amount: words.amount ?? undefined });
        await this.audit.record(db, context, {
          action: 'portal.payment_proof.send',
          target: { type: 'payment_proof', id },
          changes: { after: { invoiceId, ...sent } },
        });
      }),
    );
  }

  /** Takes back what nobody has decided yet; reminders go on. @throws DomainError not_found, also for somebody else's; payment_proof_decided */
  async withdraw(context: PortalContext, invoiceId: string, id: string): Promise<KnownProof> {
    return this.changing(context, invoiceId, id, async (db, proof) => {
      if (proof.status !== 'open') throw new DomainError('payment_proof_decided');
      await this.proofs.update(db, id, { status: 'withdrawn', decidedAt: context.clock.now() });
      const invoice = { id: invoiceId, billingAccountId: proof.billingAccountId };
      await this.invoices.addEvent(db, context, invoice, { kind: 'proof_withdrawn' });
      await this.audit.record(db, context, {
        action: 'portal.payment_proof.withdraw',
        target: { type: 'payment_proof', id },
        changes: { before: { status: proof.status }, after: { status: 'withdrawn' } },
      });
    });
  }

  /** Where the file can be fetched for a short while. @throws DomainError not_found */
  async file(context: PortalContext, invoiceId: string, id: string): Promise<ProofFile> {
    const { user } = context.principal;
    const proof = found(await this.database.read(context, (db) => this.proofs.find(db, id, { invoiceId })));
    // What was not sent yet is its sender's alone.
    if (!proof.sentAt && proof.portalUserId !== user.id) throw new DomainError('not_found');
    return this.files.addressOf(context.organizationId, proof);
  }

  /** Changes a proof of the one who acts, held. */
  private async changing(
    context: PortalContext,
    invoiceId: string,
    id: string,
    work: (db: Db, proof: PaymentProofRow) => Promise<void>,
  ): Promise<KnownProof> {
    return this.database.transaction(context, async (db) => {
      const proof = found(await this.proofs.find(db, id, { invoiceId, held: true }));
      if (proof.portalUserId !== context.principal.user.id) throw new DomainError('not_found');
      await work(db, proof);
      await this.events.publish(db, context, ...proofChanged(proof));
      const [known, account] = await Promise.all([this.proofs.find(db, id), this.invoices.accountOf(db, invoiceId)]);
      return { proof: found(known), currency: found(account).currency };
    });
  }

  /** What the organization's terms say is nothing that a customer may read by themselves. */
  private async terms(context: PortalContext): Promise<BillingTerms> {
    const organization = systemContext(context.organizationId, context);
    return this.database.read(organization, (db) => this.settings.terms(db, organization));
  }

  private async spend(billingAccountId: string, userId: string): Promise<void> {
    const limits = {
      [`payment-proofs|${userId}`]: FILES_IN_A_DAY,
      [`payment-proofs|account|${billingAccountId}`]: FILES_OF_AN_ACCOUNT,
    };
    const { allowed, retryAfterSeconds } = await this.limiter.consumeEach(limits, DAY_SECONDS, 1);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
  }
}

/** @throws DomainError not_found for a draft, invoice_not_open where nothing is owed */
function requireOwed(invoice: InvoiceDetailRow | undefined): InvoiceDetailRow {
  const known = found(invoice?.state === 'draft' ? undefined : invoice);
  if (known.owed === 0n) throw new DomainError('invoice_not_open');
  return known;
}
