import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { LiveBus } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';

/** Says what happened. Who says it does not know who listens. */
@Injectable()
export class Events {
  constructor(
    private readonly outbox: Outbox,
    private readonly live: LiveBus,
  ) {}

  /**
   * Publishes events in the caller's transaction, beside its audit row and all in one statement: they are heard if, and
   * only if, it commits; once the context's `heardAfterSeconds` are over. Open pages hear of it at once, as far as that can be.
   * @throws Error where the ids of one are not exactly what the catalogue declares
   */
  async publish(db: Db, context: OrganizationContext, ...events: readonly DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { type, id } = context.actor;
    const { organizationId, heardAfterSeconds } = context;
    const published = events.map((event) => ({
      ...event,
      payload: { id: newId(), actor: { type, id }, ids: event.ids },
    }));
    await this.outbox.addEvents(db, organizationId, published, heardAfterSeconds);
    db.onCommit(() => {
      for (const { name, payload, billingAccountId, portalUserId } of published)
        this.live.publish({ id: payload.id, name, ids: payload.ids, organizationId, billingAccountId, portalUserId });
    });
  }
}
