import { Global, Module } from '@nestjs/common';
import { AccessPipeline } from './access/access.pipeline.js';
import { CsrfTokens } from './access/csrf-tokens.js';
import { RequestBudget } from './access/request-budget.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** What stands before and around every controller. Needs an `Authenticator` and a `TenantResolver` from the app. */
@Global()
@Module({
  providers: [AccessPipeline, CsrfTokens, RequestBudget, IdempotencyInterceptor],
  exports: [AccessPipeline, CsrfTokens, IdempotencyInterceptor],
})
export class HttpModule {}
