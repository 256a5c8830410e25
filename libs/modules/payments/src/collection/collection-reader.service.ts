import { Injectable } from '@nestjs/common';
import { BillingSettingsService, isInReview } from '@balcao/module-billing';
import { dayAt, type Day } from '@balcao/money';
import { found } from '@balcao/platform-errors';
import { Database, sql, type Db, type OrganizationContext, type Sql } from '@balcao/platform-tenancy';
import type { PaymentMethod } from '../methods/payment-method.js';
import { PaymentMethodRepository } from '../methods/payment-method.repository.js';
import {
  CollectionRepository,
  endActionOf,
  type Collection,
  type CollectionAttempt,
  type EndAction,
} from './collection.repository.js';
import { lastTryOn } from './dunning.js';

/** Collections of an account that are shown at a time. */
const MOST = 50;
/** Days for which those of an account are shown that were given up. */
const SHOWN_DAYS = 60;

/** A collection as people read it. */
export interface CollectionView extends Collection {
  invoice: CollectedInvoiceView;
  attemptsMade: CollectionAttempt[];
  /** The card that is charged next; null where there is none. */
  method: PaymentMethod | null;
  /** The day of `nextAt` where the organization is. */
  nextOn: Day | null;
  /** The day of the last try, where all that are to come fail; null where none is to come. */
  lastOn: Day | null;
  /** Until when it waits for a card. */
  waitsUntil: Day | null;
  /** What becomes of what was to be paid where no try works, as it was decided, or would be now. */
  then: EndAction;
  /** Whether it is not charged for now, since somebody says that it is paid or wrong. */
  isInReview: boolean;
}

interface CollectedInvoiceView {
  id: string;
  number: string;
  title: string;
  currency: string;
  /** In minor units. */
  owed: bigint;
  dueOn: Day;
}

/** What is collected by saved cards, as those read it who pay and who are paid. */
@Injectable()
export class CollectionReader {
  constructor(
    private readonly database: Database,
    private readonly collections: CollectionRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly settings: BillingSettingsService,
  ) {}

  /** Collections of an invoice, the latest first. @throws DomainError not_found for an invoice that there is not for them */
  async ofInvoice(context: OrganizationContext, invoiceId: string): Promise<CollectionView[]> {
    return this.database.read(context, async (db) => {
      found(await this.collections.invoice(db, invoiceId));
      return this.views(db, context, await this.collections.ofInvoice(db, invoiceId));
    });
  }

  /** What an account has open, and what was given up lately and is still owed; the latest first. */
  async ofAccount(context: OrganizationContext, billingAccountId: string): Promise<CollectionView[]> {
    return this.database.read(context, async (db) => {
      const since = new Date(context.clock.now().getTime() - SHOWN_DAYS * 24 * 3_600_000);
      const rows = await this.collections.read(
        db,
        sql`c.billing_account_id = ${billingAccountId}::uuid and (c.state in ('waiting', 'trying') or c.state = 'given_up' and c.ended_at > ${since}
          and exists (select from invoices i where ${db.account('i')} and i.id = c.invoice_id and i.owed > 0)
          and not exists (select from collections l where ${db.account('l')} and l.invoice_id = c.invoice_id and l.id > c.id))`,
        MOST,
      );
      return this.views(db, context, rows);
    });
  }

  private async views(db: Db, context: OrganizationContext, rows: Collection[]): Promise<CollectionView[]> {
    if (rows.length === 0) return [];
    const terms = await this.settings.terms(db, context);
    const invoices = await this.invoices(db, rows, sql`${terms.today}::date`);
    const attempts = await this.collections.attemptsOf(
      db,
      rows.map(({ id }) => id),
    );
    const views: CollectionView[] = [];
    for (const row of rows) {
      const { isInReview: said, ...invoice } = invoices.get(row.invoiceId)!;
      const nextOn = row.nextAt && dayAt(row.nextAt, terms.timeZone);
      views.push({
        ...row,
        invoice,
        attemptsMade: attempts.get(row.id) ?? [],
        method: (await this.methods.standingFor(db, row.billingAccountId, row.paymentMethodId)) ?? null,
        nextOn,
        lastOn: nextOn && lastTryOn(row.attempts, nextOn, { retryDays: terms.collectionRetryDays }),
        waitsUntil:
          row.state === 'waiting' && row.nextAt === null && row.endsAt ? dayAt(row.endsAt, terms.timeZone) : null,
        // Whoever has ended it since does not wait for it to come back.
        then: row.isOver && row.endAction === 'pause' ? 'nothing' : (row.endAction ?? endActionOf(row, terms)),
        isInReview: row.state === 'waiting' && said,
      });
    }
    return views;
  }

  private async invoices(
    db: Db,
    rows: readonly Collection[],
    today: Sql,
  ): Promise<Map<string, CollectedInvoiceView & { isInReview: boolean }>> {
    const ids = rows.map(({ invoiceId }) => invoiceId);
    const found = await db.query<CollectedInvoiceView & { isInReview: boolean }>(sql`
      select i.id, i.number, i.title, i.currency, i.owed, i.due_on as "dueOn", ${isInReview(sql`i`, today)} as "isInReview"
      from invoices i where ${db.account('i')} and i.id = any(${ids}::uuid[])`);
    return new Map(found.map((invoice) => [invoice.id, invoice]));
  }
}
