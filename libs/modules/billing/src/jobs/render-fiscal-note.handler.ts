import { Injectable } from '@nestjs/common';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { DomainError } from '@balcao/platform-errors';
import { Database } from '@balcao/platform-tenancy';
import { FiscalNoteDocumentService } from '../fiscal/fiscal-note-document.service.js';

/** Draws the printed form of a fiscal note as it is now. What is there already is left as it is. */
@Injectable()
@JobHandler('billing.render-fiscal-note')
export class RenderFiscalNoteHandler implements JobHandler<'billing.render-fiscal-note'> {
  constructor(
    private readonly database: Database,
    private readonly documents: FiscalNoteDocumentService,
  ) {}

  async handle(
    { payload: { fiscalNoteId }, context }: HandledJob<'billing.render-fiscal-note'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('A fiscal note belongs to an organization');
    try {
      await this.documents.render(context, fiscalNoteId);
    } catch (error) {
      // Taken off its invoice meanwhile.
      if (!(error instanceof DomainError && error.code === 'not_found')) throw error;
    }
    await this.database.transaction(context, finish);
  }
}
