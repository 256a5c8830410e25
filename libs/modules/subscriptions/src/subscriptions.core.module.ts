import { Module } from '@nestjs/common';
import { PaymentsCoreModule } from '@balcao/module-payments';
import { PastDueService } from './past-due.service.js';
import { PlanRepository } from './persistence/plan.repository.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { PlanService } from './plan.service.js';
import { PortalSubscriptionService } from './portal-subscription.service.js';
import { RecurringRevenueService } from './recurring-revenue.service.js';
import { StaffSubscriptionService } from './staff-subscription.service.js';
import { SubscriptionChangeService } from './subscription-change.service.js';
import { SubscriptionCollection } from './subscription-collection.js';
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

const SERVICES = [
  PastDueService,
  PlanService,
  PortalSubscriptionService,
  RecurringRevenueService,
  StaffSubscriptionService,
  SubscriptionChangeService,
  SubscriptionCreationService,
  SubscriptionEndService,
  SubscriptionPauseService,
  SubscriptionReader,
  SubscriptionRunner,
  SubscriptionSettingsService,
  UsageService,
];

@Module({
  imports: [PaymentsCoreModule],
  providers: [
    PlanRepository,
    SubscriptionCollection,
    SubscriptionDesk,
    SubscriptionInvoicing,
    SubscriptionItems,
    SubscriptionLife,
    SubscriptionRepository,
    TrialNotices,
    ...SERVICES,
  ],
  exports: [PaymentsCoreModule, ...SERVICES],
})
export class SubscriptionsCoreModule {}
