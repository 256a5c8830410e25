// @ts-check
import { describeError } from './errors.mjs';
import { Interrupted } from './start.mjs';

/** npm may pass on the signal of a Ctrl-C that the terminal has sent to everybody already: that is one press. */
const SAME_PRESS_MS = 500;
const LOOK_AFTER_PARENT_MS = 1_000;

/**
 * Runs an installation as a command: starts it, waits for a signal or a failure, stops it and leaves.
 * @param {import('./start.mjs').Installation} installation
 */
export async function runUntilStopped(installation) {
  let askedAt = 0;
  const ask = () => {
    if (askedAt !== 0) {
      if (Date.now() - askedAt < SAME_PRESS_MS) return;
      installation.kill();
      process.exit(1);
    }
    askedAt = Date.now();
    installation.say('\nStopping … (once more to force it)');
    installation.stop().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`${describeError(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  whenNpmIsGone(() => askedAt === 0 && ask());
  try {
    await installation.start();
    throw await installation.broken;
  } catch (error) {
    // A start that was interrupted fails somewhere; the signal's own stop says and ends everything.
    if (error instanceof Interrupted || askedAt !== 0) return;
    process.stderr.write(`\n${describeError(error)}\n`);
    await installation.stop().catch((problem) => process.stderr.write(`${describeError(problem)}\n`));
    process.exit(1);
  }
}

/**
 * `kill` on npm ends the shell between npm and this process, but no signal reaches us then: the only trace is that
 * we have another parent.
 * @param {() => void} act
 */
export function whenNpmIsGone(act) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, LOOK_AFTER_PARENT_MS);
  timer.unref();
}
