import type { EventName } from '@balcao/contracts';

/** Something that happened, as it is told to pages that are open: ids, and who may hear of it. */
export interface LiveMessage {
  id: string;
  name: EventName;
  ids: Readonly<Record<string, string | undefined>>;
  organizationId: string;
  billingAccountId?: string;
  portalUserId?: string;
}

/** The access of a person, or of anybody of an organization, is not what it was; said by the database with the commit. */
export interface AccessChange {
  name: 'access.changed';
  subjectId?: string;
  organizationId?: string;
}

export interface LiveListener {
  message(message: LiveMessage | AccessChange): void;
  /** Something may have been missed. */
  gap(): void;
}

/**
 * Tells every process at once what has happened, and promises nothing: whoever must not miss it subscribes to the event.
 * Messages carry ids only.
 */
export abstract class LiveBus {
  /** Sends soon; what cannot be sent is lost. */
  abstract publish(message: LiveMessage): void;
  /** Hears what any process publishes, this one's included. @returns how to stop */
  abstract subscribe(listener: LiveListener): () => void;
}
