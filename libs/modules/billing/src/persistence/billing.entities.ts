import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PostalAddress } from '@balcao/module-directory';
import type { Day } from '@balcao/money';
import type { InvoiceSource, InvoiceState } from '../domain/invoice.js';
import type { ProofMediaType } from '../domain/payment-proof.js';

/** Whom an invoice is from, or to, as it is printed. */
export interface Party {
  name: string;
  legalName: string | null;
  /** CNPJ or CPF without its marks. */
  taxId: string | null;
  address: PostalAddress | null;
  email: string | null;
  phone: string | null;
}

export interface Issuer extends Party {
  municipalRegistration: string | null;
}

const id = () => PrimaryColumn('uuid');
const account = () => Column({ type: 'uuid', name: 'billing_account_id' });
const money = (name?: string) => Column({ type: 'bigint', ...(name && { name }) });
const textOrNull = (name?: string) => Column({ type: 'text', nullable: true, ...(name && { name }) });
const dayOrNull = (name: string) => Column({ type: 'date', name, nullable: true });

/** Money is in minor units of `currency`. */
@Entity('invoices')
export class InvoiceEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column('text') currency: string;
  @Column('text') title: string;
  /** What people quote; null of drafts. */
  @textOrNull() number: string | null;
  @textOrNull('purchase_order') purchaseOrder: string | null;
  /** Whose period it asks for, and what people quote of that; null of others. */
  @Column({ type: 'uuid', name: 'subscription_id', nullable: true }) subscriptionId: string | null;
  @textOrNull('subscription_number') subscriptionNumber: string | null;
  /** Whose acceptance made it, and what people quote of that; null of others. */
  @Column({ type: 'uuid', name: 'proposal_id', nullable: true }) proposalId: string | null;
  @textOrNull('proposal_number') proposalNumber: string | null;
  /** Printed below the lines. */
  @textOrNull() note: string | null;
  /** Stands in the mail that brings it. */
  @textOrNull() message: string | null;
  @dayOrNull('due_on') dueOn: Day | null;
  /** The next banking day, where the due date is none: until its end nothing is late. */
  @dayOrNull('payable_until') payableUntil: Day | null;
  @Column({ type: 'numeric', name: 'fine_percent' }) finePercent: string;
  @Column({ type: 'numeric', name: 'interest_percent' }) interestPercent: string;
  @Column({ type: 'boolean', name: 'allows_partial' }) allowsPartial: boolean;
  @Column({ type: 'numeric', name: 'discount_percent', nullable: true }) discountPercent: string | null;
  @Column({ type: 'bigint', name: 'discount_amount', nullable: true }) discountAmount: bigint | null;
  /** All lines after their own discounts; what is taken off all of them; taxes on top, and within. */
  @money() subtotal: bigint;
  @money() discount: bigint;
  @money('tax_added') taxAdded: bigint;
  @money('tax_included') taxIncluded: bigint;
  @money() total: bigint;
  /** What allocations have covered, of it what credit notes have and what nobody waits for any more, and what was given back. */
  @money() settled: bigint;
  @money() credited: bigint;
  @money('written_off') writtenOff: bigint;
  @money() refunded: bigint;
  /** What is still to pay. */
  @money() owed: bigint;
  @Column('text') state: InvoiceState;
  @Column('text') source: InvoiceSource;
  @Column({ type: 'uuid', name: 'created_by_id', nullable: true }) createdById: string | null;
  @Column({ type: 'jsonb', nullable: true }) issuer: Issuer | null;
  @Column({ type: 'jsonb', name: 'bill_to', nullable: true }) billTo: Party | null;
  @textOrNull('check_code') checkCode: string | null;
  @dayOrNull('opened_on') openedOn: Day | null;
  @Column({ type: 'timestamptz', name: 'opened_at', nullable: true }) openedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'settled_at', nullable: true }) settledAt: Date | null;
  @Column({ type: 'timestamptz', name: 'voided_at', nullable: true }) voidedAt: Date | null;
  @textOrNull('void_reason') voidReason: string | null;
  @Column('integer') version: number;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt: Date;
}

@Entity('invoice_lines')
export class InvoiceLineEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column({ type: 'uuid', name: 'invoice_id' }) invoiceId: string;
  @Column('integer') position: number;
  @Column('text') description: string;
  @textOrNull() detail: string | null;
  @dayOrNull('starts_on') startsOn: Day | null;
  @dayOrNull('ends_on') endsOn: Day | null;
  @Column('numeric') quantity: string;
  @money('unit_price') unitPrice: bigint;
  @Column({ type: 'numeric', name: 'discount_percent', nullable: true }) discountPercent: string | null;
  @Column({ type: 'bigint', name: 'discount_amount', nullable: true }) discountAmount: bigint | null;
  @textOrNull('tax_name') taxName: string | null;
  @Column({ type: 'numeric', name: 'tax_percent', nullable: true }) taxPercent: string | null;
  @Column({ type: 'boolean', name: 'tax_is_included' }) taxIsIncluded: boolean;
  @money() gross: bigint;
  @money() discount: bigint;
  @money('shared_discount') sharedDiscount: bigint;
  @money() tax: bigint;
}

/** Debits are owed by the customer, credits lessen it. */
export const DEBIT_KINDS = [
  'invoice',
  'late_charge',
  'refund',
  'chargeback',
  'write_off_reversal',
  'adjustment_debit',
] as const;
export const CREDIT_KINDS = ['payment', 'deposit', 'credit_note', 'void', 'write_off', 'adjustment_credit'] as const;
export const ENTRY_KINDS = [...DEBIT_KINDS, ...CREDIT_KINDS] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

@Entity('ledger_entries')
export class LedgerEntryEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column('text') currency: string;
  @Column('text') kind: EntryKind;
  @Column('text') side: 'debit' | 'credit';
  @money() amount: bigint;
  /** What allocations have used of it. */
  @money() allocated: bigint;
  @Column({ type: 'uuid', name: 'source_id' }) sourceId: string;
  @Column({ type: 'uuid', name: 'invoice_id', nullable: true }) invoiceId: string | null;
  @textOrNull() reason: string | null;
  @Column({ type: 'date', name: 'posted_on' }) postedOn: Day;
  @Column({ type: 'timestamptz', name: 'posted_at' }) postedAt: Date;
}

@Entity('credit_notes')
export class CreditNoteEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column({ type: 'uuid', name: 'invoice_id' }) invoiceId: string;
  @Column('text') currency: string;
  @Column('text') number: string;
  @money() amount: bigint;
  @Column('text') reason: string;
  @Column({ type: 'uuid', name: 'created_by_id', nullable: true }) createdById: string | null;
  @Column({ type: 'date', name: 'issued_on' }) issuedOn: Day;
  @Column({ type: 'timestamptz', name: 'issued_at' }) issuedAt: Date;
}

/** How money came in outside of the product. */
export const DEPOSIT_METHODS = ['transfer', 'pix', 'boleto', 'card', 'cash', 'check', 'other'] as const;
export type DepositMethod = (typeof DEPOSIT_METHODS)[number];

@Entity('deposits')
export class DepositEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column('text') currency: string;
  @money() amount: bigint;
  @Column('text') method: DepositMethod;
  @Column({ type: 'date', name: 'received_on' }) receivedOn: Day;
  @textOrNull() reference: string | null;
  @textOrNull() note: string | null;
  @Column({ type: 'uuid', name: 'recorded_by_id', nullable: true }) recordedById: string | null;
  @Column({ type: 'timestamptz', name: 'recorded_at' }) recordedAt: Date;
}

export const INVOICE_EVENT_KINDS = [
  'opened',
  'sent',
  'reminded',
  'overdue',
  'paid',
  'partially_paid',
  'credited',
  'written_off',
  'write_off_taken_back',
  'voided',
  'due_changed',
  'refunded',
  'charged_back',
  'proof_sent',
  'proof_withdrawn',
  'proof_accepted',
  'proof_refused',
  'disputed',
] as const;
export type InvoiceEventKind = (typeof INVOICE_EVENT_KINDS)[number];

export const FISCAL_NOTE_STATUSES = ['authorized', 'cancelled', 'replaced'] as const;
export type FiscalNoteStatus = (typeof FISCAL_NOTE_STATUSES)[number];

/** A fiscal note (NFS-e) of an invoice. */
@Entity('fiscal_notes')
export class FiscalNoteEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column({ type: 'uuid', name: 'invoice_id' }) invoiceId: string;
  /** The municipality's, or the national one. */
  @Column('text') number: string;
  /** The national key, 50 characters. */
  @textOrNull('access_key') accessKey: string | null;
  @textOrNull('verification_code') verificationCode: string | null;
  /** Where it can be looked up. */
  @textOrNull() url: string | null;
  @Column({ type: 'date', name: 'issued_on' }) issuedOn: Day;
  @Column('text') status: FiscalNoteStatus;
  /** Since when it counts no more, why, and which note is there instead. */
  @dayOrNull('status_on') statusOn: Day | null;
  @textOrNull('status_reason') statusReason: string | null;
  @textOrNull('replaced_by_key') replacedByKey: string | null;
  /** Of the note in whose place it is. */
  @textOrNull('replaces_key') replacesKey: string | null;
  /** Of its XML, as what follows: null, or nothing, where only its data were written down. */
  @dayOrNull('competence_on') competenceOn: Day | null;
  @Column({ type: 'boolean', name: 'is_test', default: false }) isTest: boolean;
  /** What the work costs; the same less what is withheld, and with IBS and CBS on top. In cents of the real. */
  @Column({ type: 'bigint', name: 'service_amount', nullable: true }) serviceAmount: bigint | null;
  @Column({ type: 'bigint', name: 'net_amount', nullable: true }) netAmount: bigint | null;
  @Column({ type: 'bigint', name: 'total_amount', nullable: true }) totalAmount: bigint | null;
  @textOrNull('xml_key') xmlKey: string | null;
  @Column({ type: 'integer', name: 'xml_bytes', nullable: true }) xmlBytes: number | null;
  /** Of the event that ended it. */
  @textOrNull('event_xml_key') eventXmlKey: string | null;
  @Column({ type: 'integer', name: 'event_xml_bytes', nullable: true }) eventXmlBytes: number | null;
  /** Of its printed form, the latest that was drawn, by all that stands in it. */
  @textOrNull('document_key') documentKey: string | null;
  @textOrNull('document_hash') documentHash: string | null;
  @Column({ type: 'integer', name: 'document_bytes', nullable: true }) documentBytes: number | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
}

/** How far a proof of payment has come. What was `uploaded` says nothing yet, and is its sender's alone. */
export const PROOF_STATUSES = ['receiving', 'uploaded', 'open', 'accepted', 'refused', 'withdrawn'] as const;
export type ProofStatus = (typeof PROOF_STATUSES)[number];

/** What a customer sends to show that an invoice is paid. */
@Entity('payment_proofs')
export class PaymentProofEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column({ type: 'uuid', name: 'invoice_id' }) invoiceId: string;
  /** Who sent it. */
  @Column({ type: 'uuid', name: 'portal_user_id' }) portalUserId: string;
  @Column('text') status: ProofStatus;
  @Column({ type: 'text', name: 'file_name' }) fileName: string;
  @Column({ type: 'text', name: 'media_type' }) mediaType: ProofMediaType;
  @Column('integer') bytes: number;
  /** What its sender says: when, how much in minor units of the invoice's currency, how, and a word. */
  @dayOrNull('paid_on') paidOn: Day | null;
  @Column({ type: 'bigint', nullable: true }) amount: bigint | null;
  @textOrNull() method: DepositMethod | null;
  @textOrNull() note: string | null;
  /** Last day on which it keeps reminders back; null where it does not. */
  @dayOrNull('paused_until') pausedUntil: Day | null;
  @Column({ type: 'timestamptz', name: 'sent_at', nullable: true }) sentAt: Date | null;
  /** By staff, or by whoever sent it and took it back. */
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column({ type: 'uuid', name: 'decided_by_id', nullable: true }) decidedById: string | null;
  /** Why it was refused. */
  @textOrNull() reason: string | null;
  /** The money that was written down by it. */
  @Column({ type: 'uuid', name: 'deposit_id', nullable: true }) depositId: string | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
}

/** A link by which one invoice is seen and paid without signing in. */
@Entity('payment_links')
export class PaymentLinkEntity {
  @id() id: string;
  @account() billingAccountId: string;
  @Column({ type: 'uuid', name: 'invoice_id' }) invoiceId: string;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt: Date;
  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column({ type: 'uuid', name: 'revoked_by_id', nullable: true }) revokedById: string | null;
  /** Who of the staff asked for it; null where a mail needed one. */
  @Column({ type: 'uuid', name: 'created_by_id', nullable: true }) createdById: string | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
  /** When a mail with it was asked for. */
  @Column({ type: 'timestamptz', name: 'last_sent_at', nullable: true }) lastSentAt: Date | null;
}

export const BILLING_ENTITIES = [
  InvoiceEntity,
  InvoiceLineEntity,
  LedgerEntryEntity,
  CreditNoteEntity,
  DepositEntity,
  FiscalNoteEntity,
  PaymentProofEntity,
  PaymentLinkEntity,
];
