import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from './directory.core.module.js';
import { DIRECTORY_ENTITIES } from './entities.js';
import { AccountImportHandler } from './imports/account-import.handler.js';
import { importPurges } from './imports/import-purges.js';
import { ImportSlices } from './imports/import-slices.js';

export { AccountImportHandler } from './imports/account-import.handler.js';
export { attempt } from './imports/attempt.js';
export { ImportSlices, type ItemOutcome, type WaitingItem } from './imports/import-slices.js';

/** Its imports are written here; other modules write theirs with `ImportSlices`. */
@Module({
  imports: [DirectoryCoreModule],
  providers: [AccountImportHandler, ImportSlices],
  exports: [DirectoryCoreModule, ImportSlices],
})
export class DirectoryWorkerModule {}

/** What the worker runs of this module. */
export const directoryWorker = {
  module: DirectoryWorkerModule,
  entities: DIRECTORY_ENTITIES,
  purges: importPurges,
};
