import { Injectable } from '@nestjs/common';
import type { PrintedBoleto } from '@balcao/module-billing';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { standingOf } from './domain/standing.js';
import { PaymentService } from './payment.service.js';
import type { PaymentRow } from './persistence/payment.rows.js';

/** The document of a boleto that somebody had made to pay. */
@Injectable()
export class PaymentBoletos {
  constructor(private readonly payments: PaymentService) {}

  /**
   * What it says; undefined of another way to pay, and of one that nobody can, or shall, pay any more.
   * @param invoiceId of whoever may see this invoice alone
   * @throws DomainError not_found
   */
  async printed(context: OrganizationContext, id: string, invoiceId?: string): Promise<PrintedBoleto | undefined> {
    const payment = await (invoiceId === undefined
      ? this.payments.get(context, id)
      : this.payments.ofOneInvoice(context, id, invoiceId));
    const isPayable = standingOf(payment, context.clock.now()) === 'payable';
    return payment.method === 'boleto' && isPayable ? printedOf(payment) : undefined;
  }
}

const printedOf = (payment: PaymentRow): PrintedBoleto => {
  const { billingAccountId, currency, amount, pixCode, boletoLine, barcode, dueOn, expiresAt, isTest } = payment;
  const { finePercent, interestPercent, targets, createdAt } = payment;
  return {
    ...{ paymentId: payment.id, billingAccountId, currency, createdAt },
    code: { amount, pixCode, boletoLine, barcode, dueOn, expiresAt, isTest, finePercent, interestPercent },
    shares: targets.map(({ invoiceNumber, invoiceTitle, principal, fine, interest }) => ({
      number: invoiceNumber,
      title: invoiceTitle,
      principal,
      charges: fine + interest,
    })),
  };
};
