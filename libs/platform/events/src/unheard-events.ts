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
