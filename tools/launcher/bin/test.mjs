#!/usr/bin/env node
// @ts-check
// npm test [-- names… [-- arguments for the runner…]]
import { placesIn } from '../src/paths.mjs';
import { runTests } from '../src/testing/run-tests.mjs';

const code = await runTests(placesIn(), process.argv.slice(2));
// Nothing that a step left open keeps the command from ending.
process.stdout.write('', () => process.exit(code));
