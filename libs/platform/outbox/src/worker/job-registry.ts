import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { EVENTS, JOBS, type EventName, type JobDefinition, type JobName } from '@balcao/contracts';
import { JOB_HANDLER_KEY, SUBSCRIPTION_KEY, type EventSubscriber, type JobHandler } from './job-handler.js';
import type { Subscription } from './outbox-relay.js';

/**
 * Knows the handler of each job, and which of them hears which event. A process in which a job has two, or in which one
 * listens for something that nobody says, does not start.
 */
@Injectable()
export class JobRegistry implements OnModuleInit {
  readonly subscriptions: Subscription[] = [];
  private readonly handlers = new Map<JobName, JobHandler>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error naming every job with several handlers, and every subscription to an unknown event */
  onModuleInit(): void {
    const found = new Map<JobName, Map<object, JobHandler>>();
    const problems: string[] = [];
    const add = (name: JobName, instance: object, handler: JobHandler) =>
      found.set(name, (found.get(name) ?? new Map()).set(instance, handler));
    for (const wrapper of this.discovery.getProviders()) {
      if (!wrapper.metatype || !wrapper.instance) continue;
      const instance = wrapper.instance as object;
      const names = this.discovery.getMetadataByDecorator(JOB_HANDLER_KEY, wrapper) ?? [];
      for (const name of names) add(name, instance, instance as JobHandler);
      const subscribed = this.discovery.getMetadataByDecorator(SUBSCRIPTION_KEY, wrapper);
      if (!subscribed || found.get(subscribed.job)?.has(instance)) continue;
      const { job, to } = subscribed;
      add(job, instance, hearing(instance as EventSubscriber, to));
      problems.push(
        ...to.filter((event) => !(event in EVENTS)).map((event) => `${job} listens for ${event}, which is no event`),
      );
      this.subscriptions.push(...to.map((event) => ({ event, job })));
    }
    for (const [name, handlersOf] of found) {
      const handlers = [...handlersOf.keys()];
      const definition: JobDefinition | undefined = JOBS[name];
      if (!definition) problems.push(`${name} is not a declared job`);
      else if (handlers.length > 1)
        problems.push(
          `${name} has ${handlers.length} handlers: ${handlers.map((handler) => handler.constructor.name).join(', ')}`,
        );
      else if (Boolean(definition.hearsEvents) !== this.subscriptions.some(({ job }) => job === name))
        problems.push(`${name} ${definition.hearsEvents ? 'listens for nothing' : 'does not hear events'}`);
      else this.handlers.set(name, handlersOf.get(handlers[0]!)!);
    }
    if (problems.length > 0) throw new Error(`Not every job can be handled: ${problems.join('; ')}`);
  }

  /** For the process that does every job there is. @throws Error naming those without a handler */
  requireEveryJob(): void {
    const missing = Object.keys(JOBS).filter((name) => !this.handlers.has(name as JobName));
    if (missing.length > 0) throw new Error(`No handler for ${missing.join(', ')}`);
  }

  get(name: JobName): JobHandler {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`${name} has no handler`);
    return handler;
  }
}

/** A subscriber as the handler of its job. */
function hearing(subscriber: EventSubscriber, to: readonly EventName[]): JobHandler {
  return {
    async handle({ name, event, context }, finish) {
      if (!event || !context || !to.includes(event.name)) throw new Error(`Job ${name} has no event to hear`);
      await subscriber.hear(event, context, finish);
    },
  };
}
