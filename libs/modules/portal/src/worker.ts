import { PORTAL_ENTITIES } from './entities.js';
import { PortalWorkerModule } from './portal.worker.module.js';

/** What the worker runs of this module. */
export const portalWorker = { module: PortalWorkerModule, entities: PORTAL_ENTITIES };
