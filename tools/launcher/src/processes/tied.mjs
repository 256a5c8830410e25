// @ts-check

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Remembers a short-lived child (an installation, a build, a migration) so that {@link endTied} can end it.
 *
 * @template {import('node:child_process').ChildProcess} T
 * @param {T} child
 * @returns {T}
 */
export function tieToLauncher(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends the short-lived children that still run. */
export function endTied() {
  for (const child of running) child.kill('SIGTERM');
}
