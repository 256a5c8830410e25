#!/usr/bin/env node
// @ts-check
// npm run check [-- names…] [--at-once number] [--output file]: `file` gets the counts in Jest's JSON shape.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runChecks } from '../src/checking/run-checks.mjs';
import { chooseChecks } from '../src/checking/steps.mjs';
import { describeError } from '../src/errors.mjs';
import { demandNodeVersion } from '../src/node-version.mjs';
import { placesIn } from '../src/paths.mjs';
import { bringPnpm } from '../src/pnpm.mjs';
import { install } from '../src/prepare.mjs';

try {
  demandNodeVersion();
  const { values, positionals } = parseArgs({
    options: { output: { type: 'string' }, 'at-once': { type: 'string' } },
    allowPositionals: true,
  });
  const chosen = chooseChecks(positionals);
  const places = placesIn();
  const env = await bringPnpm(places, process.env);
  await install(places, env);
  const { passed, failed } = await runChecks(places, chosen, env, Number(values['at-once']) || availableParallelism());
  if (values.output !== undefined) {
    writeFileSync(values.output, JSON.stringify({ numPassedTests: passed.length, numFailedTests: failed.length }));
  }
  process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`\n${describeError(error)}\n`);
  process.exitCode = 1;
}
