export { TicketsWorkerModule } from './tickets.worker.module.js';
