import { Global, Module } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { Downloads } from './downloads.js';
import { LocalStorage } from './local-storage.js';
import { S3Storage } from './s3-storage.js';
import { Storage } from './storage.js';

const FOLDER = /^file:(?:\/\/(?=\/))?(.+)$/;

/** The store that STORAGE_URL names. Needs `ConfigModule`. */
@Global()
@Module({
  providers: [
    Downloads,
    {
      provide: Storage,
      inject: [AppConfig],
      useFactory: ({ storageUrl }: AppConfig) => {
        const folder = FOLDER.exec(storageUrl)?.[1];
        return folder === undefined ? new S3Storage(storageUrl) : new LocalStorage(folder);
      },
    },
  ],
  exports: [Downloads, Storage],
})
export class StorageModule {}
