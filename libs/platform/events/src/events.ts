import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { Outbox } from '@balcao/platform-outbox';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';

/** Says what happened. Who says it does not know who listens. */
@Injectable()
export class Events {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Publishes events in the caller's transaction, beside its audit row and all in one statement: they are heard if, and
   * only if, it commits.
   * @throws Error where the ids of one are not exactly what the catalogue declares
   */
  async publish(db: Db, context: OrganizationContext, ...events: readonly DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { type, id } = context.actor;
    const published = events.map(({ name, ids }) => ({ name, payload: { id: newId(), actor: { type, id }, ids } }));
    await this.outbox.addEvents(db, context.organizationId, published);
  }
}
