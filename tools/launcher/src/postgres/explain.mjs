// @ts-check
import { LauncherError } from '../errors.mjs';

/**
 * What PostgreSQL (or initdb) said on its way down, as a message that says what to do.
 *
 * @param {string} doing what was attempted, for example "PostgreSQL did not start"
 * @param {string} output the last lines it printed
 * @param {{ dataDir: string, port?: number }} where
 * @returns {LauncherError}
 */
export function explainFailure(doing, output, where) {
  return new LauncherError(`${doing}${reasonIn(output, where)}`, adviceFor(output, where), { output });
}

/** @param {string} output @param {{ dataDir: string, port?: number }} where */
function reasonIn(output, where) {
  if (/No space left on device|could not extend file/i.test(output)) {
    return `: the disk that holds ${where.dataDir} is full.`;
  }
  if (/Permission denied|has wrong ownership|has invalid permissions/i.test(output)) {
    return `: this user may not use ${where.dataDir}.`;
  }
  if (/Address already in use|could not bind/i.test(output)) return `: port ${where.port} is in use.`;
  if (/could not map anonymous shared memory|Cannot allocate memory|could not create shared memory/i.test(output)) {
    return ': there is not enough memory.';
  }
  if (/error while loading shared libraries|Library not loaded/i.test(output)) {
    return ': a library that it needs is missing.';
  }
  if (/is not compatible with this version|incompatible with server/i.test(output)) {
    return `: ${where.dataDir} was written by another version of PostgreSQL.`;
  }
  if (/could not locate a valid checkpoint record|invalid checkpoint|PANIC/i.test(output)) {
    return `: the files in ${where.dataDir} are damaged.`;
  }
  return '.';
}

/** @param {string} output @param {{ dataDir: string, port?: number }} where */
function adviceFor(output, where) {
  if (/No space left on device|could not extend file/i.test(output)) {
    return ['Make room (df -h shows what is full), then start again. Nothing is lost.'];
  }
  if (/Permission denied|has wrong ownership|has invalid permissions/i.test(output)) {
    return [
      `It was probably made by another user: start as that user, or hand it over with chown -R <you> "${where.dataDir}".`,
    ];
  }
  if (/Address already in use|could not bind/i.test(output)) {
    return ['Set POSTGRES_PORT to a free port, or stop what uses it.'];
  }
  if (/shared memory|Cannot allocate memory/i.test(output)) {
    return ['Stop something else, or give this machine or container more memory.'];
  }
  if (/error while loading shared libraries|Library not loaded/i.test(output)) {
    return [
      'Delete the folder node_modules and start again: the links between the libraries are made on install.',
      'Or set DATABASE_URL to a PostgreSQL server of your own.',
    ];
  }
  if (/not compatible with this version|incompatible with server/i.test(output))
    return otherVersionAdvice(where.dataDir);
  return [`If the data does not matter, move ${where.dataDir} away and start again; it is made anew.`];
}

/** @param {string} dataDir */
export function otherVersionAdvice(dataDir) {
  return [
    'To keep the data, run the version of Balcão that wrote it and export it from there (pg_dump), or point',
    'DATABASE_URL to a server that has been upgraded.',
    `To begin anew, move ${dataDir} away and start again.`,
  ];
}
