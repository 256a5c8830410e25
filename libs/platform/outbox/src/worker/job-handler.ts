import { DiscoveryService } from '@nestjs/core';
import type { EventName, HeardEvent, JobName, JobPayload, SubscriberName } from '@balcao/contracts';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';

/** One job as its handler sees it. */
export interface HandledJob<Name extends JobName = JobName> {
  name: Name;
  version: number;
  payload: JobPayload<Name>;
  /** What happened, for jobs that hear events. */
  event?: HeardEvent;
  /** Absent for jobs that the clock starts. */
  outboxId?: string;
  /** Names this delivery; the same again when its process died and another took it over. */
  deliveryId: string;
  /** Absent for jobs of the installation itself. */
  organizationId?: string;
  /** Acts as the system for the organization; absent where `organizationId` is. */
  context?: OrganizationContext;
}

/**
 * Marks the job done within the handler's own transaction, so that effect and mark are one. Where another delivery
 * was faster it throws, which takes this one's effect back.
 */
export type Finish = (db: Db) => Promise<void>;

/** Does one kind of job. It may be called again for the same row: whatever it does outside its transaction must bear that. */
export interface JobHandler<Name extends JobName = JobName> {
  /**
   * Must call `finish` in the transaction of its effect; what it throws is tried again.
   * @returns 'later' where the time has not come and nothing has failed: the outbox brings the job again
   */
  handle(job: HandledJob<Name>, finish: Finish): Promise<void | 'later'>;
}

/** Hears the events of its subscription, each at least once and in no promised order. */
export interface EventSubscriber<Name extends EventName = EventName> {
  /** Must call `finish` in the transaction of its effect, as a job's handler does. */
  hear(event: Extract<HeardEvent, { name: Name }>, context: OrganizationContext, finish: Finish): Promise<void>;
}

const decorator = DiscoveryService.createDecorator<readonly JobName[]>();

/** Makes a provider the one handler of jobs: `@JobHandler('mail.send', 'mail.notify')`. */
export function JobHandler(...names: JobName[]): ClassDecorator {
  return decorator(names) as ClassDecorator;
}

export const JOB_HANDLER_KEY = decorator;

const subscription = DiscoveryService.createDecorator<{ job: SubscriberName; to: readonly EventName[] }>();

/** Makes a provider the one that hears these events: `@Subscriber('tickets.mails', ['ticket.created'])`. */
export function Subscriber(job: SubscriberName, to: readonly EventName[]): ClassDecorator {
  return subscription({ job, to }) as ClassDecorator;
}

export const SUBSCRIPTION_KEY = subscription;
