// @ts-check
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LauncherError } from './errors.mjs';

/** @typedef {{ postgresPassword: string, secretKey: string }} Secrets */

/**
 * This machine's own secrets, made on first use and readable by this user alone.
 * @param {string} file
 * @returns {Secrets}
 */
export function loadSecrets(file) {
  const { postgresPassword, secretKey } = readSecrets(file);
  if (postgresPassword && secretKey) return { postgresPassword, secretKey };
  const secrets = {
    postgresPassword: postgresPassword ?? randomBytes(24).toString('base64url'),
    secretKey: secretKey ?? randomBytes(32).toString('base64url'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

/** @param {string} file @returns {Partial<Secrets>} */
function readSecrets(file) {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LauncherError(`${file} is damaged: it is not JSON.`, [
      'Bring it back from a backup; the database cannot be opened without the password in it.',
      'If the data does not matter, delete the folder .balcao and start again.',
    ]);
  }
}
