import type pg from 'pg';
import type { EventName, EventPayload, HeardEvent } from '@balcao/contracts';
import { SUBSCRIPTION_KEY, type EventSubscriber } from '@balcao/platform-outbox/worker';
import { sql, systemContext } from '@balcao/platform-tenancy';

/** Lets subscribers hear the events that were published since the last time and that they subscribe to, as a worker would. */
export async function hearEvents(owner: pg.Client, ...subscribers: EventSubscriber[]): Promise<void> {
  const { rows } = await owner.query<{ id: string; organizationId: string; event: EventName; payload: EventPayload }>(`
    update outbox set status = 'dispatched' where job is null and status = 'pending'
    returning id, organization_id as "organizationId", event, payload`);
  for (const { id, organizationId, event, payload } of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    for (const subscriber of subscribers) {
      const { to } = Reflect.getMetadata(SUBSCRIPTION_KEY.KEY, subscriber.constructor) as { to: readonly EventName[] };
      if (!to.includes(event)) continue;
      await subscriber.hear({ ...payload, name: event } as HeardEvent, systemContext(organizationId), async (db) => {
        await db.execute(sql`update outbox set status = 'done', done_at = now() where id = ${id}::uuid`);
      });
    }
  }
}
