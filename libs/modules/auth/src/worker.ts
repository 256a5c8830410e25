import { authPurges } from './auth.purges.js';
import { AuthWorkerModule } from './auth.worker.module.js';

/** What the worker runs of this module. */
export const authWorker = { module: AuthWorkerModule, purges: authPurges };
