// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError } from './errors.mjs';

const TIMEOUT_MS = 60_000;

/**
 * Waits until a service answers 200 on its readiness path.
 *
 * @param {string} url
 * @param {import('./processes/service.mjs').Service} service
 * @param {{ timeoutMs?: number }} [options]
 */
export async function waitUntilHealthy(url, service, { timeoutMs = TIMEOUT_MS } = {}) {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (service.ended) break;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  throw new LauncherError(
    service.ended
      ? `The ${service.name} does not stay up.`
      : `The ${service.name} did not get ready within ${timeoutMs / 1000} s.`,
    [`Its last lines stand above; all of them are in ${service.options.logFile}.`],
    { output: service.lastLines },
  );
}
