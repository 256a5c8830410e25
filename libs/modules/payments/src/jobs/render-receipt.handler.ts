import { Injectable } from '@nestjs/common';
import { LOCALES } from '@balcao/contracts';
import { DocumentService } from '@balcao/module-billing';
import { found } from '@balcao/platform-errors';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database } from '@balcao/platform-tenancy';
import { PaymentReceipts } from '../payment-receipt.service.js';

/** Draws the receipt of a payment in each language. What is there already is left as it is. */
@Injectable()
@JobHandler('payments.render-receipt')
export class RenderReceiptHandler implements JobHandler<'payments.render-receipt'> {
  constructor(
    private readonly database: Database,
    private readonly receipts: PaymentReceipts,
    private readonly documents: DocumentService,
  ) {}

  async handle(
    { payload: { paymentId }, context }: HandledJob<'payments.render-receipt'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('A receipt belongs to an organization');
    const receipt = found(await this.receipts.printed(context, paymentId));
    for (const locale of LOCALES) await this.documents.render(context, { receipt }, locale);
    await this.database.transaction(context, finish);
  }
}
