import { ApiProperty } from '@nestjs/swagger';
import { AmountField, CLEARABLE, ListOf, TextField, UuidListField } from '@balcao/platform-http';
import { isOpenDispute } from '../../domain/dispute.js';
import { TICKET_STATUSES, type TicketStatus } from '../../domain/ticket.js';
import type { DisputeRow } from '../../persistence/ticket.rows.js';

export class DisputeInvoiceRequest {
  @UuidListField({
    description: 'Lines of the invoice that are not right; all of it where absent or empty',
    maxItems: 50,
    optional: true,
  })
  lineIds?: string[];
  @AmountField({
    description: "What is thought to be right, in minor units of the invoice's currency",
    min: 1,
    ...CLEARABLE,
  })
  expectedAmount?: number | null;
  @TextField({
    description: 'What is not right; plain text',
    max: 4_000,
    example: 'O ponto da loja 2 só foi instalado em 28/10.',
  })
  reason: string;
}

/** A ticket in which a charge of an invoice is disputed. */
export class InvoiceDisputeItem {
  @ApiProperty({ format: 'uuid', description: 'Of the ticket' }) id: string;
  @ApiProperty({ description: 'Of the ticket', example: 'T-2026-000123' }) number: string;
  @ApiProperty({ description: 'Of the ticket', example: 'Contestação da fatura F-2026-000123' }) subject: string;
  @ApiProperty({ enum: TICKET_STATUSES, description: 'Of the ticket' }) status: TicketStatus;
  @ApiProperty({ description: 'Whether it still disputes: nobody has resolved or closed it' }) isOpen: boolean;
  @ApiProperty({ description: 'Whether the caller may read the ticket' }) canRead: boolean;
  @ApiProperty({ description: 'Since when' }) createdAt: Date;
}

export class InvoiceDisputeListResponse extends ListOf(InvoiceDisputeItem) {}

export class InvoiceDisputeResponse {
  @ApiProperty({ type: InvoiceDisputeItem, description: 'The dispute that is open' }) dispute: InvoiceDisputeItem;
  @ApiProperty({ description: 'False where the invoice was disputed already, and nothing was opened' }) isNew: boolean;
}

export const disputeItem = ({ submittedById: _, ...row }: DisputeRow, canRead: boolean): InvoiceDisputeItem => ({
  ...row,
  isOpen: isOpenDispute(row),
  canRead,
});
