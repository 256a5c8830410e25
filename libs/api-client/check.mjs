// @ts-check
// Fails when openapi.json or the generated client differ from what the built API would give now.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import settings from './openapi-ts.config.js';

const configs = await settings;
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'balcao-client-'));
try {
  const document = join(folder, 'openapi.json');
  const writer = join(here, '../../apps/api/dist/cli/open-api.js');
  if (!existsSync(writer)) throw new Error('The API is not built: pnpm nx run-many -t build -p @balcao/api');
  execFileSync(process.execPath, [writer, document], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  compare(document, join(here, 'openapi.json'));
  for (const config of configs) {
    const { path } = config.output;
    const generated = join(folder, path);
    await createClient({ ...config, output: { ...config.output, path: generated }, logs: { level: 'silent' } });
    for (const entry of readdirSync(generated, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile()) compare(file, join(here, path, file.slice(generated.length)));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} fresh
 * @param {string} committed
 */
function compare(fresh, committed) {
  if (readFileSync(fresh, 'utf8') === readFileSync(committed, 'utf8')) return;
  process.stderr.write(`${committed.slice(here.length)} is stale: run pnpm --filter @balcao/api-client generate\n`);
  process.exitCode = 1;
}
