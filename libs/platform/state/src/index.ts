export {
  IdempotencyStore,
  type IdempotencyClaim,
  type IdempotencyOutcome,
  type IdempotentAnswer,
} from './idempotency-store.js';
export { PostgresIdempotencyStore, type IdempotencyLimits } from './postgres/postgres-idempotency.store.js';
export { PostgresRateLimiter } from './postgres/postgres-rate-limiter.js';
export { RateLimiter, type RateLimit, type RateLimitResult } from './rate-limiter.js';
export { StateModule } from './state.module.js';
export { countedPlaces, networkOf } from './network-of.js';
