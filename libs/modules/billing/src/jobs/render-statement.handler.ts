import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { found } from '@balcao/platform-errors';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database, sql } from '@balcao/platform-tenancy';
import { DocumentService } from '../document.service.js';
import type { StatementPeriod } from '../persistence/statement.js';

/** Draws a customer's statement as it is now, in the language that somebody wants it in. */
@Injectable()
@JobHandler('billing.render-statement')
export class RenderStatementHandler implements JobHandler<'billing.render-statement'> {
  constructor(
    private readonly database: Database,
    private readonly documents: DocumentService,
  ) {}

  async handle(
    { payload: { statementId }, context }: HandledJob<'billing.render-statement'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('A statement belongs to an organization');
    const { locale, ...statement } = found(
      await this.database.read(context, (db) =>
        db.first<StatementPeriod & { billingAccountId: string; locale: Locale }>(sql`
          select s.billing_account_id as "billingAccountId", s.currency, s.starts_on as "from", s.ends_on as "to", s.locale
          from account_statements s where ${db.tenant('s')} and s.id = ${statementId}::uuid`),
      ),
    );
    await this.documents.render(context, { statement }, locale);
    await this.database.transaction(context, finish);
  }
}
