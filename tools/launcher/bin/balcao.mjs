#!/usr/bin/env node
// @ts-check
import { runCommand } from '../src/balcao.mjs';
import { describeError } from '../src/errors.mjs';
import { placesIn } from '../src/paths.mjs';

try {
  process.exitCode = await runCommand(placesIn(), process.argv.slice(2));
} catch (error) {
  process.stderr.write(`\n${describeError(error)}\n`);
  process.exitCode = 1;
}
