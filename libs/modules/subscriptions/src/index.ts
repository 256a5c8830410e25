export { PastDueService } from './past-due.service.js';
export { PlanService } from './plan.service.js';
export { quietSubscriptions, type QuietSubscriptions } from './quiet-subscriptions.js';
export { RecurringRevenueService } from './recurring-revenue.service.js';
export {
  SubscriptionCreationService,
  mayStartOn,
  type StartQuote,
  type SubscriptionWish,
} from './subscription-creation.service.js';
export { SubscriptionRunner } from './subscription-runner.service.js';
export { SubscriptionsCoreModule } from './subscriptions.core.module.js';
