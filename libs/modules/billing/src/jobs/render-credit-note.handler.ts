import { Injectable } from '@nestjs/common';
import { LOCALES } from '@balcao/contracts';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database } from '@balcao/platform-tenancy';
import { DocumentService } from '../document.service.js';

/** Draws a credit note in each language. What is there already is left as it is. */
@Injectable()
@JobHandler('billing.render-credit-note')
export class RenderCreditNoteHandler implements JobHandler<'billing.render-credit-note'> {
  constructor(
    private readonly database: Database,
    private readonly documents: DocumentService,
  ) {}

  async handle(
    { payload: { creditNoteId }, context }: HandledJob<'billing.render-credit-note'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('A credit note belongs to an organization');
    for (const locale of LOCALES) await this.documents.render(context, { creditNoteId }, locale);
    await this.database.transaction(context, finish);
  }
}
