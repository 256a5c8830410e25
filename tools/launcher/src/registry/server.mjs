// @ts-check
// The local register of companies as a process of its own: node server.mjs <port> <host>
import { createRegistry } from './registry.mjs';

const [port = '8026', host = '127.0.0.1'] = process.argv.slice(2);

const registry = createRegistry();
registry.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
registry.listen(Number(port), host, () => console.log(`Register of companies ready: http://${host}:${port}`));

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(0));
