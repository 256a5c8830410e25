import { InvoiceRepository, quietBilling } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { unheardEvents, type Events } from '@balcao/platform-events';
import type { Database } from '@balcao/platform-tenancy';
import { PastDueService } from './past-due.service.js';
import { PlanRepository } from './persistence/plan.repository.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { PlanService } from './plan.service.js';
import { PortalSubscriptionService } from './portal-subscription.service.js';
import { RecurringRevenueService } from './recurring-revenue.service.js';
import { StaffSubscriptionService } from './staff-subscription.service.js';
import { SubscriptionChangeService } from './subscription-change.service.js';
import type { SubscriptionCollection } from './subscription-collection.js';
import { SubscriptionCreationService } from './subscription-creation.service.js';
import { SubscriptionDesk } from './subscription-desk.js';
import { SubscriptionEndService } from './subscription-end.service.js';
import { SubscriptionInvoicing } from './subscription-invoicing.js';
import { SubscriptionItems } from './subscription-items.js';
import { SubscriptionLife } from './subscription-life.js';
import { SubscriptionPauseService } from './subscription-pause.service.js';
import { SubscriptionReader } from './subscription-reader.service.js';
import { SubscriptionRunner } from './subscription-runner.service.js';
import { SubscriptionSettingsService } from './subscription-settings.service.js';
import { TrialNotices } from './trial-notices.service.js';
import { UsageService } from './usage.service.js';

/**
 * The module's services, of whose doings nobody is told: for what happened elsewhere, or long ago.
 * @param events what hears of them all the same
 */
export function quietSubscriptions(database: Database, events: Events = unheardEvents) {
  const audit = new Audit();
  const billing = quietBilling(database, events);
  const [rows, plans] = [new SubscriptionRepository(), new PlanRepository()];
  const invoicing = new SubscriptionInvoicing(
    billing.ledger,
    billing.drafts,
    billing.invoices,
    new InvoiceRepository(),
    billing.credits,
    // What is brought in is paid as it was paid there.
    { opened: () => Promise.resolve() } as unknown as SubscriptionCollection,
  );
  const life = new SubscriptionLife(rows, invoicing, audit, events);
  const desk = new SubscriptionDesk(database, rows, billing.settings, invoicing, life);
  const items = new SubscriptionItems(rows);
  const settings = new SubscriptionSettingsService(database, audit);
  const pastDue = new PastDueService(database, rows, billing.settings, settings, invoicing, life);
  const trials = new TrialNotices(database, rows, life);
  const changes = new SubscriptionChangeService(rows, desk, items, invoicing, life);
  const pauses = new SubscriptionPauseService(rows, desk, life);
  const ends = new SubscriptionEndService(rows, plans, settings, desk, life);
  const creation = new SubscriptionCreationService(database, rows, billing.settings, items, invoicing, desk, life);
  return {
    billing,
    plans: new PlanService(database, plans, audit, events),
    settings,
    creation,
    changes,
    pauses,
    ends,
    pastDue,
    portal: new PortalSubscriptionService(database, billing.settings, rows, plans, changes, pauses, ends, creation),
    staff: new StaffSubscriptionService(desk, invoicing, life),
    reader: new SubscriptionReader(database, rows, billing.settings, life),
    revenue: new RecurringRevenueService(database),
    runner: new SubscriptionRunner(database, rows, billing.settings, invoicing, life, pastDue, trials),
    usage: new UsageService(database, rows, desk, audit),
  };
}
export type QuietSubscriptions = ReturnType<typeof quietSubscriptions>;
