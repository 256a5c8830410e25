// @ts-check
import { join } from 'node:path';
import { runToEnd } from '../processes/run.mjs';

/**
 * Runs checks side by side and says how each went.
 * @param {import('../paths.mjs').Places} places
 * @param {typeof import('./steps.mjs').CHECKS} checks
 * @param {NodeJS.ProcessEnv} env
 * @param {number} atOnce
 * @returns {Promise<{ passed: string[], failed: string[] }>} names
 */
export async function runChecks(places, checks, env, atOnce) {
  const waiting = [...checks];
  /** @type {{ passed: string[], failed: string[] }} */
  const result = { passed: [], failed: [] };
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const began = Date.now();
      const { code, output } = await runToEnd('pnpm', ['exec', ...check.command], {
        cwd: join(places.root, check.folder ?? '.'),
        env: { ...env, ...check.environment },
        logFile: join(places.logs, `check-${check.name.replaceAll(' ', '-')}.log`),
      });
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      result[code === 0 ? 'passed' : 'failed'].push(check.name);
      process.stdout.write(
        code === 0 ? `✓ ${check.name} (${seconds} s)\n` : `✗ ${check.name} (${seconds} s)\n${output}\n`,
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, checks.length) }, work));
  return result;
}
