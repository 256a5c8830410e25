import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { JobHandler, Subscriber, type EventSubscriber, type Finish, type HandledJob } from '../src/worker.js';

/** What the test wants to happen when a job is handled; called before its effect. */
export const script: {
  onMail: (job: HandledJob<'mail.send' | 'mail.notify'>) => Promise<void>;
  onEvent: (event: HeardEvent) => Promise<void>;
  purges: number;
} = {
  onMail: async () => {},
  onEvent: async () => {},
  purges: 0,
};

/** The effect of a handled job: a row that can be counted. */
export async function leaveTrace(db: Db, organizationId: string, targetId: string): Promise<void> {
  await db.execute(sql`
    insert into audit_log (organization_id, id, actor_type, action, target_type, target_id)
    values (${organizationId}::uuid, ${newId()}::uuid, 'system', 'test.handled', 'job', ${targetId}::uuid)`);
}

@Injectable()
@JobHandler('mail.send', 'mail.notify')
export class TestMailHandler implements JobHandler<'mail.send' | 'mail.notify'> {
  constructor(private readonly database: Database) {}

  async handle(job: HandledJob<'mail.send' | 'mail.notify'>, finish: Finish): Promise<void> {
    await script.onMail(job);
    await this.database.transaction(job.context!, async (db) => {
      await leaveTrace(db, job.organizationId!, job.payload.mailId);
      await finish(db);
    });
  }
}

@Injectable()
@JobHandler('maintenance.purge')
export class TestPurgeHandler implements JobHandler<'maintenance.purge'> {
  async handle(): Promise<void> {
    script.purges += 1;
  }
}

@Injectable()
@Subscriber('tickets.mails', ['ticket.created', 'ticket.replied'])
export class TestSubscriber implements EventSubscriber<'ticket.created' | 'ticket.replied'> {
  constructor(private readonly database: Database) {}

  async hear(
    event: Extract<HeardEvent, { name: 'ticket.created' | 'ticket.replied' }>,
    context: OrganizationContext,
    finish: Finish,
  ): Promise<void> {
    await script.onEvent(event);
    await this.database.transaction(context, async (db) => {
      await leaveTrace(db, context.organizationId, event.ids.ticketId);
      await finish(db);
    });
  }
}

@Injectable()
@Subscriber('tickets.mails', ['ticket.exploded' as 'ticket.created'])
export class DreamingSubscriber {
  async hear(): Promise<void> {}
}

@Injectable()
@Subscriber('tickets.mails', [])
export class DeafSubscriber {
  async hear(): Promise<void> {}
}

@Injectable()
@JobHandler('mail.send')
export class SecondMailHandler implements JobHandler<'mail.send'> {
  async handle(): Promise<void> {}
}
