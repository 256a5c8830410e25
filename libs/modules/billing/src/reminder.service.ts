import { Injectable } from '@nestjs/common';
import { addDays, type Day } from '@balcao/money';
import { Database, empty, sql, type Db, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';
import { BillingSettingsService } from './billing-settings.service.js';
import { reminderWindows, type ReminderKind, type ReminderWindow } from './domain/reminders.js';
import { InvoiceMailer } from './emails/invoice-mailer.js';
import { isPaused } from './persistence/reminder-pauses.js';

/** Invoices that one transaction reminds of. */
const BATCH = 50;
/** The last day in time is so many days behind the due date at most: no run of days without banks is longer. */
const LONGEST_CLOSED = 10;

interface Due {
  id: string;
  billingAccountId: string;
  dueOn: Day;
  kind: ReminderKind;
  /** Of the calendar: that of the step, which may have been some days ago. */
  day: Day;
}

/** Reminds customers of what they owe, before it is due and once it is late. */
@Injectable()
export class ReminderService implements DueWork {
  constructor(
    private readonly database: Database,
    private readonly settings: BillingSettingsService,
    private readonly mailer: InvoiceMailer,
  ) {}

  async runDue(context: OrganizationContext): Promise<void> {
    await this.remindDue(context, Infinity);
  }

  /**
   * Reminds of up to `most` of the organization's invoices, of each of the latest step that has come by the organization's clock.
   * One that somebody holds is left to the next time, and a step that was reminded of is behind it, so doing it twice does it
   * once.
   * @returns how many invoices were reminded of
   */
  async remindDue(context: OrganizationContext, most: number): Promise<number> {
    const terms = await this.database.read(context, (db) => this.settings.terms(db, context));
    const windows = reminderWindows(terms, terms.today);
    if (windows.length === 0) return 0;
    let reminded = 0;
    let last: Due | undefined;
    while (reminded < most) {
      const limit = Math.min(BATCH, most - reminded);
      const due: Due[] = await this.database.transaction(context, (db) =>
        this.remindBatch(db, context, windows, terms.today, limit, last),
      );
      reminded += due.length;
      last = due.at(-1);
      if (due.length < limit) break;
    }
    return reminded;
  }

  private async remindBatch(
    db: Db,
    context: OrganizationContext,
    windows: readonly ReminderWindow[],
    today: Day,
    limit: number,
    after: Due | undefined,
  ): Promise<Due[]> {
    const batch = await lockDue(db, windows, today, limit, after);
    // In the order in which every writer of many invoices changes them.
    const inOrder = [...batch].sort((a, b) => compare(a.billingAccountId, b.billingAccountId) || compare(a.id, b.id));
    for (const { id, day } of inOrder)
      await db.execute(
        sql`update invoices t set reminded_until = ${day}::date where ${db.tenant('t')} and t.id = ${id}::uuid`,
      );
    await this.mailer.enqueue(
      db,
      context,
      inOrder.map(({ kind, day, dueOn, ...invoice }) => ({
        invoice,
        template: kind === 'due_soon' ? 'invoice-due-soon' : 'invoice-overdue',
        occasion: day,
        ids: { dueOn, askedOn: today },
      })),
    );
    return batch;
  }
}

/**
 * The next invoices behind `after`, held, that have come to a step of which nobody was reminded. It walks what is owed by its
 * due date, as far as the windows reach, and leaves out those whose reminders wait.
 */
function lockDue(
  db: Db,
  windows: readonly ReminderWindow[],
  today: Day,
  limit: number,
  after: Due | undefined,
): Promise<Due[]> {
  const first = windows.map(({ from }) => from).reduce((a, b) => (a < b ? a : b));
  const last = windows.map(({ to }) => to).reduce((a, b) => (a > b ? a : b));
  const day = sql`case w.kind when 'due_soon' then t.due_on - w.days else t.payable_until + w.days end`;
  return db.query<Due>(sql`
    select t.id, t.billing_account_id as "billingAccountId", t.due_on as "dueOn", w.kind, ${day} as day
    from invoices t
    join jsonb_to_recordset(${JSON.stringify(windows)}::jsonb) w (kind text, days integer, "from" date, "to" date)
      on case w.kind when 'due_soon' then t.due_on else t.payable_until end between w."from" and w."to"
    where ${db.tenant('t')} and t.owed > 0
      and t.due_on between ${addDays(first, -LONGEST_CLOSED)}::date and ${last}::date
      ${after ? sql`and (t.due_on, t.id) > (${after.dueOn}::date, ${after.id}::uuid)` : empty}
      and ${day} > t.reminded_until and not ${isPaused(sql`t`, today)}
    order by t.due_on, t.id limit ${limit}
    for no key update of t skip locked`);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
