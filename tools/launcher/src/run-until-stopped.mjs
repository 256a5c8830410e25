// @ts-check
import { describeError } from './errors.mjs';
import { Interrupted } from './start.mjs';

/**
 * Runs an installation as a command: starts it, waits for a signal or a failure, stops it and leaves.
 *
 * @param {import('./start.mjs').Installation} installation
 */
export async function runUntilStopped(installation) {
  let signals = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) {
        installation.kill();
        process.exit(1);
      }
      installation.say('\nStopping … (once more to force it)');
      installation.stop().then(
        () => process.exit(0),
        (error) => {
          process.stderr.write(`${describeError(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
  try {
    await installation.start();
    throw await installation.broken;
  } catch (error) {
    // A start that was interrupted fails somewhere; the signal's own stop says and ends everything.
    if (error instanceof Interrupted || signals > 0) return;
    process.stderr.write(`\n${describeError(error)}\n`);
    await installation.stop().catch((problem) => process.stderr.write(`${describeError(problem)}\n`));
    process.exit(1);
  }
}
