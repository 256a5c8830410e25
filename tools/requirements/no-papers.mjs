// @ts-check
// Nothing in the repository refers to papers that are not in it: a reader could not follow it. Reasons stand in the
// sentence, or in docs/adr. Run by `npm run check`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEXT = /\.(?:ts|vue|mjs|cjs|js|md|sql|css|html|json|ya?ml)$/;
const PAPER =
  /\b(?:decisions? \d+|SPEC \d|(?:SPEC|DESIGN|STACK|LIBRARIES) §|(?:DESIGN|LIBRARIES|IDENTITY|SERVICE|BILLING) \d)/;

/** Under way in other hands; mend and remove. */
const LATER = new Set([
  'apps/api/test/e2e/caching.spec.ts',
  'apps/api/test/e2e/cookies.spec.ts',
  'apps/api/test/e2e/features.spec.ts',
  'apps/api/test/e2e/lockout.spec.ts',
  'apps/api/test/e2e/passwords.spec.ts',
  'apps/api/test/e2e/rate-limits.spec.ts',
  'apps/api/test/e2e/sessions-at-once.spec.ts',
  'libs/modules/auth/src/balcao-authenticator.ts',
  'libs/modules/auth/src/http/session-cookies.ts',
  'libs/modules/auth/src/lockout.ts',
  'libs/modules/auth/src/portal-login.service.ts',
  'libs/modules/auth/src/principal-reader.ts',
  'libs/modules/auth/src/staff-login.service.ts',
  'libs/modules/auth/src/strategies/credentials.strategy.ts',
  'libs/platform/database/migrations/0005_auth.sql',
  'libs/platform/http/src/access/access.pipeline.ts',
]);

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).split(
  '\n',
);
const found = files
  .filter((file) => TEXT.test(file) && file !== 'tools/requirements/no-papers.mjs' && !LATER.has(file))
  .flatMap((file) => {
    let lines;
    try {
      lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    } catch {
      // Removed, though git does not know yet.
      return [];
    }
    return lines.flatMap((line, index) => (PAPER.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
  });
if (found.length > 0) {
  process.stderr.write(`These refer to papers that are not in the repository:\n${found.join('\n')}\n`);
  process.exitCode = 1;
}
