export { Threads } from './threads.js';
export { ThreadsModule } from './threads.module.js';
