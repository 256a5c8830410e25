export { prepareQueues, type QueueInstance, type WorkerInstance } from './queue-backend.js';
export { QueueModule } from './queue.module.js';
export { Queues, type WorkerSettings } from './queues.js';
