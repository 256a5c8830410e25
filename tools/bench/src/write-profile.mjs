// @ts-check
// Preloaded (node --import) into the API by --profile: writes what the processor did, for the browser's developer tools.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

const folder = process.env['PROFILE_FOLDER'];
if (folder !== undefined) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  process.once('SIGTERM', () => {
    session.post('Profiler.stop', (_error, { profile }) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'api.cpuprofile'), JSON.stringify(profile));
    });
  });
}
