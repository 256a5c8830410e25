import type { EventName } from '@balcao/contracts';

/** Something that happened, as it is told to pages that are open: ids, and who may hear of it. */
export interface LiveMessage {
  id: string;
  name: EventName | 'session.ended';
  ids: Readonly<Record<string, string | undefined>>;
  organizationId?: string;
  billingAccountId?: string;
  portalUserId?: string;
}

export interface LiveListener {
  message(message: LiveMessage): void;
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
