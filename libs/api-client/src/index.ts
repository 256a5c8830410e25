export * from './generated/index.js';
export { client } from './generated/client.gen.js';
export type { Call, Transport } from './client.js';
