import { Injectable } from '@nestjs/common';
import { BillingSettingsService, isInReview } from '@balcao/module-billing';
import { addDays, startOfDay } from '@balcao/money';
import { Database, sql, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';
import { ExpiryNoticeService } from '../methods/expiry-notice.service.js';
import { CollectionRunner } from './collection-runner.service.js';

const BATCH = 100;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** Does what of an organization's collections is due by its clock: tells of what is going to be charged, and begins what is to be. */
@Injectable()
export class CollectionDueWork implements DueWork {
  constructor(
    private readonly database: Database,
    private readonly settings: BillingSettingsService,
    private readonly runner: CollectionRunner,
    private readonly notices: ExpiryNoticeService,
  ) {}

  async runDue(context: OrganizationContext): Promise<void> {
    await this.notices.notice(context, Infinity);
    await this.collect(context, Infinity);
  }

  /** @param most of each kind; what is left comes the next time */
  async collect(context: OrganizationContext, most: number): Promise<void> {
    const terms = await this.database.read(context, (db) => this.settings.terms(db, context));
    const now = context.clock.now();
    if (terms.collectionNoticeDays > 0) {
      const until = startOfDay(addDays(terms.today, terms.collectionNoticeDays + 1), terms.timeZone);
      await this.each(
        context,
        most,
        sql`c.state = 'waiting' and c.attempts = 0 and c.noticed_at is null and c.next_at > ${now} and c.next_at < ${until}`,
        (id) => this.runner.notice(context, id),
      );
    }
    await this.each(
      context,
      most,
      sql`c.state = 'waiting' and (c.next_at <= ${now} or c.next_at is null and c.ends_at <= ${now})
        and not exists (select from invoices i where i.organization_id = c.organization_id and i.id = c.invoice_id
          and ${isInReview(sql`i`, terms.today)})`,
      (id) => this.runner.tryDue(context, id),
    );
  }

  /** @throws AggregateError after all others were done, where one could not be */
  private async each(
    context: OrganizationContext,
    most: number,
    condition: ReturnType<typeof isInReview>,
    deed: (id: string) => Promise<void>,
  ): Promise<void> {
    const failures: unknown[] = [];
    let last = NIL_ID;
    for (let done = 0; done < most;) {
      const rows: { id: string }[] = await this.database.read(context, (db) =>
        db.query<{ id: string }>(sql`
          select c.id from collections c where ${db.tenant('c')} and ${condition} and c.id > ${last}::uuid
          order by c.id limit ${Math.min(BATCH, most - done)}`),
      );
      for (const { id } of rows) await deed(id).catch((error: unknown) => failures.push(error));
      done += rows.length;
      if (rows.length < BATCH) break;
      last = rows.at(-1)!.id;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything that is due could be collected');
  }
}
