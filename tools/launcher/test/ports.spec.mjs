// @ts-check
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { LauncherError } from '../src/errors.mjs';
import { anotherPort, demandFreePorts, firstFreePort, isOpened, probePort } from '../src/ports.mjs';
import { freePort } from './support/stand-in.mjs';

/**
 * @param {import('node:test').TestContext} test
 * @param {number} port
 */
async function occupy(test, port) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => server.close());
  return server;
}

describe('ports', () => {
  it('that are taken are passed over', async (test) => {
    const port = await freePort();
    await occupy(test, port);
    assert.equal(await probePort(port), 'busy');
    assert.ok((await firstFreePort(port)) > port);
  });

  it('that are taken are all named in one message', async (test) => {
    const [first, second] = [await freePort(), await freePort()];
    await occupy(test, first);
    await occupy(test, second);
    const wanted = [
      { port: first, host: '127.0.0.1', variable: 'PORT', purpose: 'the portal and its API' },
      { port: second, host: '127.0.0.1', variable: 'MAILBOX_PORT', purpose: 'the mailbox’s page' },
    ];
    await assert.rejects(demandFreePorts(wanted), (error) => {
      assert.ok(error instanceof LauncherError);
      assert.match(error.message, new RegExp(`Port ${first}, .*\\nPort ${second}, `));
      assert.match(error.whatToDo.join('\n'), /PORT=\d+ npm start\n.*MAILBOX_PORT=\d+ npm start/);
      return true;
    });
  });

  it('that are proposed instead can be had and opened', () => {
    for (let port = 1; port < 65_536; port += 1) {
      const proposed = anotherPort(port);
      assert.ok(
        isOpened(proposed) && proposed > 1023 && proposed < 65_536 && proposed !== port,
        `${port}: ${proposed}`,
      );
    }
  });

  it('wanted twice are refused', async () => {
    const port = await freePort();
    const wanted = ['PORT', 'WORKER_PORT'].map((variable) => ({
      port,
      host: '127.0.0.1',
      variable,
      purpose: variable,
    }));
    await assert.rejects(demandFreePorts(wanted), /is wanted for both/);
  });

  it('that become free in time are waited for', async (test) => {
    const port = await freePort();
    const server = await occupy(test, port);
    setTimeout(() => server.close(), 300);
    await demandFreePorts([{ port, host: '127.0.0.1', variable: 'PORT', purpose: 'the API' }], { patienceMs: 5_000 });
  });
});
