import type { Type } from '@nestjs/common';
import { authWorker } from '@balcao/module-auth/worker';
import { billingWorker } from '@balcao/module-billing/worker';
import { directoryWorker } from '@balcao/module-directory/worker';
import { paymentsWorker } from '@balcao/module-payments/worker';
import { portalWorker } from '@balcao/module-portal/worker';
import { proposalsWorker } from '@balcao/module-proposals/worker';
import { signupWorker } from '@balcao/module-signup/worker';
import { subscriptionsWorker } from '@balcao/module-subscriptions/worker';
import { ticketsWorker } from '@balcao/module-tickets/worker';
import type { DueWork, Purge } from '@balcao/platform-tenancy';

/**
 * A module as the worker knows it: handlers and mail templates, its rows, what of them goes with age, and what falls due by an
 * organization's clock.
 */
export interface WorkerModule {
  module: Type;
  entities?: readonly Type[];
  purges?: Record<string, Purge>;
  dueWork?: readonly Type<DueWork>[];
}

/** Every module that does jobs. A new one is added here. */
export const MODULES: readonly WorkerModule[] = [
  directoryWorker,
  authWorker,
  portalWorker,
  signupWorker,
  billingWorker,
  paymentsWorker,
  subscriptionsWorker,
  proposalsWorker,
  ticketsWorker,
];
