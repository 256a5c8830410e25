import { Module } from '@nestjs/common';
import { PlansController } from './http/plans.controller.js';
import { PortalCancellationsController } from './http/portal-cancellations.controller.js';
import { PortalSubscriptionChangesController } from './http/portal-subscription-changes.controller.js';
import { PortalSubscriptionPages } from './http/portal-subscription-pages.js';
import { PortalSubscriptionsController } from './http/portal-subscriptions.controller.js';
import { RecurringRevenueController } from './http/recurring-revenue.controller.js';
import { StaffCancellationsController } from './http/staff-cancellations.controller.js';
import { StaffSubscriptionChangesController } from './http/staff-subscription-changes.controller.js';
import { StaffSubscriptionsController } from './http/staff-subscriptions.controller.js';
import { SubscriptionSettingsController } from './http/subscription-settings.controller.js';
import { subscriptionSettings } from './subscription-settings.js';
import { SubscriptionsCoreModule } from './subscriptions.core.module.js';

@Module({
  imports: [SubscriptionsCoreModule],
  providers: [PortalSubscriptionPages],
  controllers: [
    PlansController,
    PortalCancellationsController,
    PortalSubscriptionChangesController,
    PortalSubscriptionsController,
    RecurringRevenueController,
    StaffCancellationsController,
    StaffSubscriptionChangesController,
    StaffSubscriptionsController,
    SubscriptionSettingsController,
  ],
})
export class SubscriptionsHttpModule {}

/** What the API runs of this module. */
export const subscriptionsApi = { module: SubscriptionsHttpModule, settings: [subscriptionSettings] };
