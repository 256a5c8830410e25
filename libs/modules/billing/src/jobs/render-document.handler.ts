import { Injectable } from '@nestjs/common';
import { LOCALES } from '@balcao/contracts';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database } from '@balcao/platform-tenancy';
import { DocumentService } from '../document.service.js';

/** Draws an invoice's document as it is now, in each language. What is there already is left as it is. */
@Injectable()
@JobHandler('billing.render-document')
export class RenderDocumentHandler implements JobHandler<'billing.render-document'> {
  constructor(
    private readonly database: Database,
    private readonly documents: DocumentService,
  ) {}

  async handle(
    { payload: { invoiceId }, context }: HandledJob<'billing.render-document'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('An invoice belongs to an organization');
    for (const locale of LOCALES) await this.documents.render(context, { invoiceId }, locale);
    await this.database.transaction(context, finish);
  }
}
