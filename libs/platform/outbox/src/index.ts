export { OUTBOX_CHANNEL } from './channel.js';
export { Outbox } from './outbox.js';
export { OutboxModule } from './outbox.module.js';
