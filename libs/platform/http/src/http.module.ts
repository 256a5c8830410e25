import { Global, Module } from '@nestjs/common';
import { AccessPipeline } from './access/access.pipeline.js';
import { CsrfTokens } from './access/csrf-tokens.js';
import { DailyWrites } from './access/daily-writes.js';
import { RequestBudget } from './access/request-budget.js';
import { Idempotency } from './idempotency.js';

/** What stands before and around every controller. Needs an `Authenticator` and a `TenantResolver` from the app. */
@Global()
@Module({
  providers: [AccessPipeline, CsrfTokens, DailyWrites, RequestBudget, Idempotency],
  exports: [AccessPipeline, CsrfTokens, Idempotency],
})
export class HttpModule {}
