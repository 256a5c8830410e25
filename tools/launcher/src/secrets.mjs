// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LauncherError, systemCode } from './errors.mjs';

/** @typedef {{ postgresPassword: string, secretKey: string }} Secrets */

/**
 * This machine's own secrets, made on first use and readable by this user alone.
 *
 * @param {string} file
 * @returns {Secrets}
 */
export function loadSecrets(file) {
  const known = readSecrets(file);
  if (typeof known?.postgresPassword === 'string' && typeof known.secretKey === 'string') {
    return { postgresPassword: known.postgresPassword, secretKey: known.secretKey };
  }
  const secrets = {
    postgresPassword: known?.postgresPassword ?? randomBytes(24).toString('base64url'),
    secretKey: known?.secretKey ?? randomBytes(32).toString('base64url'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

/** @param {string} file @returns {Partial<Secrets> | undefined} */
function readSecrets(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new LauncherError(`${file} cannot be read (${systemCode(error)}).`, [
      'It was probably made by another user: start Balcão as that user.',
    ]);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new LauncherError(`${file} is damaged: it is not JSON.`, [
      'Bring it back from a backup; the database cannot be opened without the password in it.',
      'If the data does not matter, delete the folder .balcao and start again.',
    ]);
  }
}
