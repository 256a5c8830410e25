export { FairQueue, FairQueues, type Turn } from './fair-queue.js';
export { Threads } from './threads.js';
export { ThreadsModule } from './threads.module.js';
