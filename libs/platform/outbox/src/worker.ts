export {
  JobHandler,
  SUBSCRIPTION_KEY,
  Subscriber,
  type EventSubscriber,
  type Finish,
  type HandledJob,
} from './worker/job-handler.js';
export { JobProcessor, type OutboxWorkerOptions } from './worker/job-processor.js';
export { JobRegistry } from './worker/job-registry.js';
export { JobRunner, type DeliveredJob, type JobOutcome } from './worker/job-runner.js';
export { outboxPurge } from './worker/outbox-purge.js';
export { OutboxRelay, type RelayOptions, type Subscription } from './worker/outbox-relay.js';
export { OutboxWorkerModule } from './worker/outbox-worker.module.js';
