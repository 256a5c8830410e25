import { Module } from '@nestjs/common';
import { BillingCoreModule } from './billing.core.module.js';
import { BILLING_ENTITIES } from './persistence/billing.entities.js';

@Module({ imports: [BillingCoreModule] })
export class BillingWorkerModule {}

/** What the worker runs of this module. */
export const billingWorker = { module: BillingWorkerModule, entities: BILLING_ENTITIES };
