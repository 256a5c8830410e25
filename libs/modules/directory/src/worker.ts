import { DirectoryCoreModule } from './directory.core.module.js';
import { DIRECTORY_ENTITIES } from './entities.js';

/** What the worker runs of this module. */
export const directoryWorker = { module: DirectoryCoreModule, entities: DIRECTORY_ENTITIES };
