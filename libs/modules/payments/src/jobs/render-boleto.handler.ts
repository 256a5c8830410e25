import { Injectable } from '@nestjs/common';
import { LOCALES } from '@balcao/contracts';
import { DocumentService } from '@balcao/module-billing';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database } from '@balcao/platform-tenancy';
import { PaymentBoletos } from '../payment-boleto.service.js';

/** Draws a boleto in each language. What is there already is left as it is, and what nobody shall pay any more is not drawn. */
@Injectable()
@JobHandler('payments.render-boleto')
export class RenderBoletoHandler implements JobHandler<'payments.render-boleto'> {
  constructor(
    private readonly database: Database,
    private readonly boletos: PaymentBoletos,
    private readonly documents: DocumentService,
  ) {}

  async handle(
    { payload: { paymentId }, context }: HandledJob<'payments.render-boleto'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('A boleto belongs to an organization');
    const boleto = await this.boletos.printed(context, paymentId);
    if (boleto) for (const locale of LOCALES) await this.documents.render(context, { boleto }, locale);
    await this.database.transaction(context, finish);
  }
}
