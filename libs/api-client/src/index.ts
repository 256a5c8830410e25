export * from './generated/index.js';
export * from './settings/generated/schemas.gen.js';
export { client } from './generated/client.gen.js';
export type { Call, Transport } from './client.js';
