export { Events } from './events.js';
export { EventsModule } from './events.module.js';
export { liveOnly, unheardEvents } from './unheard-events.js';
