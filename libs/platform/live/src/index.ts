export { LiveBus, type AccessChange, type LiveListener, type LiveMessage } from './live-bus.js';
export { LiveModule } from './live.module.js';
export { PostgresLiveBus } from './postgres-live-bus.js';
