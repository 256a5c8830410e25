// @ts-check
import { placesIn } from '../../src/paths.mjs';
import { runUntilStopped } from '../../src/run-until-stopped.mjs';
import { Installation } from '../../src/start.mjs';

await runUntilStopped(new Installation(placesIn(process.argv[2]), { prepare: async (_places, env) => env }));
