import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { JOBS, type JobName } from '@balcao/contracts';
import { JOB_HANDLER_KEY, type JobHandler } from './job-handler.js';

/** Knows the handler of each job. A process in which a job has none, or two, does not start. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  private readonly handlers = new Map<JobName, JobHandler>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error naming every job without exactly one handler */
  onModuleInit(): void {
    const found = new Map<JobName, Set<JobHandler>>();
    for (const wrapper of this.discovery.getProviders()) {
      const name = wrapper.metatype && this.discovery.getMetadataByDecorator(JOB_HANDLER_KEY, wrapper);
      if (!name || !wrapper.instance) continue;
      found.set(name, (found.get(name) ?? new Set()).add(wrapper.instance as JobHandler));
    }
    const problems: string[] = [];
    for (const name of new Set([...(Object.keys(JOBS) as JobName[]), ...found.keys()])) {
      const handlers = found.get(name) ?? new Set();
      if (!(name in JOBS)) problems.push(`${name} is not a declared job`);
      else if (handlers.size === 0) problems.push(`${name} has no handler`);
      else if (handlers.size > 1)
        problems.push(
          `${name} has ${handlers.size} handlers: ${[...handlers].map((handler) => handler.constructor.name).join(', ')}`,
        );
      else this.handlers.set(name, [...handlers][0]!);
    }
    if (problems.length > 0) throw new Error(`Every job needs exactly one handler: ${problems.join('; ')}`);
  }

  get(name: JobName): JobHandler {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`${name} has no handler`);
    return handler;
  }
}
