import { authPurges, AuthWorkerModule } from '@balcao/module-auth/worker';
import { PortalWorkerModule } from '@balcao/module-portal/worker';
import { TicketsWorkerModule } from '@balcao/module-tickets/worker';

/** The worker halves of the modules: their job handlers and mail templates. A new module is added here. */
export const WORKER_MODULES = [AuthWorkerModule, PortalWorkerModule, TicketsWorkerModule];

/** What the modules let go with age. */
export const MODULE_PURGES = { ...authPurges };
