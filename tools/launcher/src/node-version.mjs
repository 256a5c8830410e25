// @ts-check
import { LauncherError } from './errors.mjs';

const OLDEST = [20, 19];

/** @param {string} [version] such as "20.19.0" */
export function demandNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = OLDEST;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new LauncherError(`Balcão needs Node.js ${OLDEST.join('.')} or newer; this is ${version}.`, [
    'Install a current release from nodejs.org, or with nvm: nvm install 22 && nvm use 22',
  ]);
}
