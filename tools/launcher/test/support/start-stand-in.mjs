// @ts-check
import { placesIn } from '../../src/paths.mjs';
import { runUntilStopped } from '../../src/run-until-stopped.mjs';
import { Installation } from '../../src/start.mjs';

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('Usage: start-stand-in.mjs <root of the stand-ins>');

await runUntilStopped(new Installation(placesIn(root), { prepare: async (_places, env) => env }));
