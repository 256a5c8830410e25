export { DOWNLOADS, Downloads, type Download } from './downloads.js';
export { LocalStorage } from './local-storage.js';
export { S3Storage } from './s3-storage.js';
export { Storage, type ByteRange, type StoredFile } from './storage.js';
export { StorageModule } from './storage.module.js';
export { writeNewFile } from './write-new-file.js';
