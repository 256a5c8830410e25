// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

const TIMEOUT_MS = 60_000;

/**
 * Waits until a service answers 200 on its readiness path.
 * @param {string} url
 * @param {import('./processes/service.mjs').Service} service
 */
export async function waitUntilHealthy(url, service) {
  const until = Date.now() + TIMEOUT_MS;
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
  throw service.failure(service.ended ? 'does not stay up' : `did not get ready within ${TIMEOUT_MS / 1000} s`);
}
