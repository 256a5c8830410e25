// @ts-check
// Preloaded (node --import) into the API, the worker and the mailbox. Their only tie to the launcher is the IPC
// channel: when it closes, the launcher is gone, even if it was killed, and so they stop in their ordinary way.

const GRACE_MS = 10_000;

process.channel?.unref();
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
