#!/usr/bin/env node
// @ts-check
import { describeError } from '../src/errors.mjs';
import { placesIn } from '../src/paths.mjs';
import { Installation, Interrupted } from '../src/start.mjs';

const installation = new Installation(placesIn());

let asked = 0;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    asked += 1;
    if (asked > 1) {
      installation.kill();
      process.exit(1);
    }
    process.stdout.write('\nStopping … (once more to force it)\n');
    installation.stop().then(
      () => process.exit(0),
      (error) => end(error),
    );
  });
}

try {
  await installation.start();
  end(await installation.broken);
} catch (error) {
  end(error);
}

/**
 * Says why, stops what runs, and leaves with an error.
 *
 * @param {unknown} error
 */
function end(error) {
  if (error instanceof Interrupted || asked > 0) return;
  process.stderr.write(`\n${describeError(error)}\n`);
  installation.stop().finally(() => process.exit(1));
}
