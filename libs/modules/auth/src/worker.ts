export { AuthWorkerModule } from './auth.worker.module.js';
