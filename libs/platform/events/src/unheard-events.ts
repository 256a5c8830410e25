import { EVENTS, type DomainEvent } from '@balcao/contracts';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { Events } from './events.js';

/** Nobody hears what is published here: for what happened long ago, and is only written down now. */
class UnheardEvents extends Events {
  constructor() {
    super(undefined as never, undefined as never);
  }

  override publish(): Promise<void> {
    return Promise.resolve();
  }
}

export const unheardEvents: Events = new UnheardEvents();

/** Of what is published here open pages hear what is for them alone, and nobody else anything. */
class LiveOnlyEvents extends Events {
  constructor(private readonly events: Events) {
    super(undefined as never, undefined as never);
  }

  override publish(db: Db, context: OrganizationContext, ...events: readonly DomainEvent[]): Promise<void> {
    return this.events.publish(db, context, ...events.filter(({ name }) => 'liveOnly' in EVENTS[name]));
  }
}

/** The same events without those that somebody acts on, such as by a mail: for what happened elsewhere and is brought in. */
export const liveOnly = (events: Events): Events => new LiveOnlyEvents(events);
