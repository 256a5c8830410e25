export { authPurges } from './auth.purges.js';
export { AuthWorkerModule } from './auth.worker.module.js';
