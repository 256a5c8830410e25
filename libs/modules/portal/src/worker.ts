export { PortalWorkerModule } from './portal.worker.module.js';
