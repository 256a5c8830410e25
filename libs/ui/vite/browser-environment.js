// @ts-check
import { builtinEnvironments } from 'vitest/runtime';

/** What travels over the network is Node's own, which follows WHATWG as browsers do; happy-dom's differs. */
const NETWORK = ['Headers', 'Request', 'Response', 'fetch', 'AbortController', 'AbortSignal'];

const own = Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(([name]) => NETWORK.includes(name));
const { setup } = builtinEnvironments['happy-dom'];

/**
 * happy-dom's page with a browser's network.
 * @type {import('vitest/runtime').Environment}
 */
export default {
  name: 'browser',
  viteEnvironment: 'client',
  async setup(global, options) {
    const environment = await setup(global, options);
    for (const [name, value] of own) Object.defineProperty(global, name, value);
    return environment;
  },
};
