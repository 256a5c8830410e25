import type { EventName, EventPayload, HeardEvent } from '@balcao/contracts';
import { clockOf, sql, systemContext } from '@balcao/platform-tenancy';
import { SUBSCRIPTION_KEY, type EventSubscriber } from './worker/job-handler.js';

/** A connection that sees every row. */
interface Owner {
  query(statement: string): Promise<{
    rows: { id: string; organizationId: string; event: EventName; payload: EventPayload; now: Date | null }[];
  }>;
}

/** Lets subscribers hear the events that were published since the last time and that they subscribe to, as a worker would. */
export async function hearEvents(owner: Owner, ...subscribers: EventSubscriber[]): Promise<void> {
  const { rows } = await owner.query(`
    update outbox set status = 'dispatched' where job is null and status = 'pending'
    returning id, organization_id as "organizationId", event, payload,
      (select o.now from organization_standings o where o.id = outbox.organization_id) as now`);
  for (const { id, organizationId, event, payload, now } of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    for (const subscriber of subscribers) {
      const { to } = Reflect.getMetadata(SUBSCRIPTION_KEY.KEY, subscriber.constructor) as { to: readonly EventName[] };
      if (!to.includes(event)) continue;
      let isFinished = false;
      const context = systemContext(organizationId, { clock: clockOf({ now }) });
      await subscriber.hear({ ...payload, name: event } as HeardEvent, context, async (db) => {
        await db.execute(sql`update outbox set status = 'done', done_at = now() where id = ${id}::uuid`);
        isFinished = true;
      });
      // A worker would let it hear the same again.
      if (!isFinished) throw new Error(`${subscriber.constructor.name} heard ${event} and did not finish`);
    }
  }
}
