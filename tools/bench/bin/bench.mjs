#!/usr/bin/env node
// @ts-check
// npm run bench [-- --help]
import { describeError } from '../../launcher/src/errors.mjs';
import { demandNodeVersion } from '../../launcher/src/node-version.mjs';
import { placesIn } from '../../launcher/src/paths.mjs';
import { prepare } from '../../launcher/src/prepare.mjs';
import { HELP, readOptions } from '../src/options.mjs';

try {
  demandNodeVersion();
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
  } else {
    const places = placesIn();
    const env = await prepare(places, process.env);
    // Only now are the packages there that the rest imports.
    const { runBench } = await import('../src/run-bench.mjs');
    process.exitCode = await runBench(places, env, options);
  }
} catch (error) {
  process.stderr.write(`\n${describeError(error)}\n`);
  process.exitCode = 1;
}
