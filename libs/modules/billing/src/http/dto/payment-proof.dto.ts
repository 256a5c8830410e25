import { ApiProperty, PickType } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import {
  AmountField,
  BooleanField,
  DayField,
  EnumField,
  Money,
  Nullable,
  PageQuery,
  Single,
  TextField,
  UuidField,
  money,
  CLEARABLE,
} from '@balcao/platform-http';
import {
  MEANWHILE,
  PROOF_MEDIA_TYPES,
  meanwhileOf,
  type Meanwhile,
  type ProofMediaType,
} from '../../domain/payment-proof.js';
import {
  DEPOSIT_METHODS,
  PROOF_STATUSES,
  type DepositMethod,
  type ProofStatus,
} from '../../persistence/billing.entities.js';
import type { PaymentProofRow, StaffProofRow } from '../../persistence/payment-proof.repository.js';
import { PAUSE_REASONS, type ReminderPause } from '../../persistence/reminder-pauses.js';
import { InvoiceItem, invoiceItem } from './invoice.dto.js';
import { RecordDepositRequest } from './ledger.dto.js';

/** Which proofs staff ask for. */
const QUEUES = ['open', 'decided'] as const;

export class ProofFileQuery {
  @TextField({
    description: 'What the file is called; how it is kept ends as what it is',
    max: 200,
    example: 'comprovante-pix.pdf',
  })
  fileName: string;
}

export class SendProofRequest {
  @DayField({ description: 'When it was paid; no day to come', example: '2026-11-17' }) paidOn: Day;
  @AmountField({
    description: "How much was paid, in minor units of the invoice's currency",
    min: 1,
    ...CLEARABLE,
  })
  amount?: number | null;
  @EnumField({ description: 'How it was paid', values: DEPOSIT_METHODS, ...CLEARABLE }) method?: DepositMethod | null;
  @TextField({
    description: 'What helps to find it; plain text',
    max: 500,
    example: 'Paguei pela conta da loja 2',
    ...CLEARABLE,
  })
  note?: string | null;
}

/** A proof of payment as everybody reads it who may. */
export class PaymentProofFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({
    enum: PROOF_STATUSES,
    description: '`uploaded` while nothing was said about the file yet; `open` until staff decide',
  })
  status: ProofStatus;
  @ApiProperty({ description: 'What the file is called', example: 'comprovante-pix.pdf' }) fileName: string;
  @ApiProperty({ enum: PROOF_MEDIA_TYPES, description: 'What the file is' }) mediaType: ProofMediaType;
  @ApiProperty({ type: 'integer', description: 'Of the file', example: 217_088 }) bytes: number;
  @Nullable(String, 'When it was paid, as its sender says; null while it was not sent', {
    format: 'date',
    example: '2026-11-17',
  })
  paidOn: Day | null;
  @ApiProperty({
    type: Money,
    nullable: true,
    description: 'How much, as its sender says; null where nothing was said',
  })
  amount: Money | null;
  @Nullable(String, 'How, as its sender says; null where nothing was said', { enum: DEPOSIT_METHODS })
  method: DepositMethod | null;
  @Nullable(String, 'What its sender says besides; null for nothing') note: string | null;
  @Nullable(String, 'Last day on which it keeps reminders back while it is open; null where it does not', {
    format: 'date',
    example: '2026-11-20',
  })
  pausedUntil: Day | null;
  @ApiProperty({ description: 'Who sent it, under their present name', example: 'Ana Ribeiro' }) sentBy: string;
  @Nullable(Date, 'When it was sent; null while it was not') sentAt: Date | null;
  @Nullable(Date, 'When it was accepted, refused or withdrawn; null while it was not') decidedAt: Date | null;
  @Nullable(String, 'Why it was refused; null where it was not') reason: string | null;
}

export class PortalProofFacts extends PaymentProofFacts {
  @ApiProperty({ description: 'Whether the caller sent it, who alone can take it back' }) mine: boolean;
}

export class PortalProofResponse extends Single('proof', PortalProofFacts) {}

/** Why reminders of an invoice wait. */
export class ReminderPauseFacts {
  @ApiProperty({ enum: PAUSE_REASONS, description: 'A proof that is looked at, or a dispute that is open' })
  reason: ReminderPause['reason'];
  @ApiProperty({ description: 'Since when' }) since: Date;
  @Nullable(String, 'Last day on which they wait; null for as long as it takes', {
    format: 'date',
    example: '2026-11-20',
  })
  until: Day | null;
}

export class PortalProofListResponse {
  @ApiProperty({ type: [PortalProofFacts], description: 'What was sent of the invoice, the latest first; 20 at most' })
  proofs: PortalProofFacts[];
  @ApiProperty({ type: [ReminderPauseFacts], description: 'Why its reminders wait; empty where they do not' })
  pauses: ReminderPauseFacts[];
  @Nullable(String, 'Until when a proof of today keeps reminders back; null where it does not', {
    format: 'date',
    example: '2026-11-20',
  })
  wouldPauseUntil: Day | null;
}

export class ProofFileFacts {
  @ApiProperty({ description: 'Address below this host; good for a minute' }) url: string;
  @ApiProperty({ description: 'What the file is called', example: 'comprovante-pix.pdf' }) name: string;
  @ApiProperty({ enum: PROOF_MEDIA_TYPES, description: 'What it is' }) mediaType: ProofMediaType;
  @ApiProperty({ type: 'integer', description: 'Of the file', example: 217_088 }) bytes: number;
  @Nullable(String, 'Where a picture of it is for a minute: itself, or of a PDF its first page; null where none is')
  previewUrl: string | null;
}

export class ProofFileResponse extends Single('file', ProofFileFacts) {}

export class PaymentProofQuery extends PageQuery {
  @EnumField({
    description: 'Those that wait for a decision, the oldest first, or those that were decided, the latest first',
    values: QUEUES,
    optional: true,
  })
  status: (typeof QUEUES)[number] = 'open';
  @UuidField({ description: 'Only of this invoice', optional: true }) invoiceId?: string;
  @UuidField({ description: 'Only of this customer', optional: true }) billingAccountId?: string;
}

export class ProofCustomer {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
}

/** A proof beside the invoice that it is of. */
export class StaffProofItem extends PaymentProofFacts {
  @ApiProperty({ type: ProofCustomer, description: 'Whose it is' }) billingAccount: ProofCustomer;
  @ApiProperty({ type: InvoiceItem, description: 'What it is of, as it is now' }) invoice: InvoiceItem;
  @Nullable(String, 'What has become of the invoice, so that nothing of it is owed any more; null where something is', {
    enum: MEANWHILE,
  })
  meanwhile: Meanwhile | null;
  @Nullable(String, 'Who of staff decided; null where nobody has') decidedBy: string | null;
}

export class StaffProofResponse extends Single('proof', StaffProofItem) {}

export class AcceptProofRequest extends PickType(RecordDepositRequest, ['amount', 'method', 'reference', 'note']) {
  @DayField({ description: 'When the money came; no day to come', example: '2026-11-17' }) receivedOn: Day;
  @BooleanField({
    description: 'Take the money as credit of the customer although nothing of the invoice is owed any more',
    optional: true,
  })
  asCredit?: boolean;
}

export class RefuseProofRequest {
  @TextField({
    description: 'Why, for the customer to read',
    max: 500,
    example: 'O comprovante é de outra empresa: o CNPJ que recebeu não é o nosso.',
  })
  reason: string;
}

function proofFacts({ amount, ...row }: PaymentProofRow, currency: string): PaymentProofFacts {
  return { ...row, amount: amount === null ? null : money(amount, currency) };
}

export const portalProof = (row: PaymentProofRow, currency: string, userId: string | undefined): PortalProofFacts => ({
  ...proofFacts(row, currency),
  mine: row.portalUserId === userId,
});

export function staffProof({ invoice, ...row }: StaffProofRow, today: Day): StaffProofItem {
  return {
    ...proofFacts(row, invoice.currency),
    billingAccount: { id: row.billingAccountId, name: row.billingAccountName },
    invoice: invoiceItem(invoice, today),
    meanwhile: meanwhileOf(invoice),
    decidedBy: row.decidedBy,
  };
}
