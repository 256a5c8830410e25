import { ApiProperty } from '@nestjs/swagger';
import { EnumField, Money, Nullable, Single } from '@balcao/platform-http';
import { PORTAL_INVOICE_SORTS, type PortalInvoiceSort } from '../../persistence/invoice-list.js';
import { PAUSE_REASONS, type ReminderPause } from '../../persistence/reminder-pauses.js';
import { InvoiceFacts, InvoiceItem, InvoiceListQuery } from './invoice.dto.js';

export class PortalInvoiceListQuery extends InvoiceListQuery {
  @EnumField({ description: 'Order; a minus means descending', values: PORTAL_INVOICE_SORTS, optional: true })
  sort: PortalInvoiceSort = '-dueOn';
}

export class PortalInvoiceResponse extends Single('invoice', InvoiceFacts) {}

/** What a customer has to pay in one currency. */
export class AmountDueFacts {
  @ApiProperty({ type: Money, description: 'What is to pay, without charges for lateness' }) owed: Money;
  @ApiProperty({ type: 'integer', description: 'Of how many invoices', example: 3 }) invoices: number;
  @ApiProperty({ type: Money, description: 'What of it is late' }) overdue: Money;
  @ApiProperty({ type: 'integer', description: 'Of how many invoices', example: 1 }) overdueInvoices: number;
  @ApiProperty({ type: Money, description: 'Credit that nothing has used yet' }) credit: Money;
}

export class DueInvoiceItem extends InvoiceItem {
  @Nullable(String, 'Why nobody presses for it: a proof that is looked at, or an open dispute; null where nothing is', {
    enum: PAUSE_REASONS,
  })
  review: ReminderPause['reason'] | null;
}

export class PortalBillingOverviewResponse {
  @ApiProperty({
    type: [AmountDueFacts],
    description: 'By currency; empty where nothing is to pay and no credit is left',
  })
  due: AmountDueFacts[];
  @ApiProperty({ type: [DueInvoiceItem], description: 'What is due first; five at most' }) invoices: DueInvoiceItem[];
}
