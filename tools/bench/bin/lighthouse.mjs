#!/usr/bin/env node
// @ts-check
// npm run lighthouse [-- address of a portal that runs]
import { describeError } from '../../launcher/src/errors.mjs';
import { demandNodeVersion } from '../../launcher/src/node-version.mjs';
import { placesIn } from '../../launcher/src/paths.mjs';
import { bringPnpm } from '../../launcher/src/pnpm.mjs';
import { equip } from '../../launcher/src/testing/machine.mjs';
import { look } from '../src/lighthouse.mjs';

const DEMO = 'http://localhost:3000/o/aurora/portal';

try {
  demandNodeVersion();
  const [portal = DEMO] = process.argv.slice(2);
  const places = placesIn();
  const { env, missing } = await equip(places, new Set(['chromium']), await bringPnpm(places, process.env));
  for (const [need, reason] of missing) throw new Error(`${need}: ${reason}`);
  process.exitCode = await look(portal, env);
} catch (error) {
  process.stderr.write(`\n${describeError(error)}\n`);
  process.exitCode = 1;
}
