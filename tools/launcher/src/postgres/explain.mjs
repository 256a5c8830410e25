// @ts-check
import { LauncherError } from '../errors.mjs';

/**
 * What PostgreSQL (or initdb) said on its way down, as a message that says what to do.
 * @param {string} doing what was attempted, for example "PostgreSQL did not start"
 * @param {string} output the last lines it printed
 * @param {{ dataDir: string, port?: number }} where
 */
export function explainFailure(doing, output, { dataDir, port }) {
  /** @type {[pattern: RegExp, reason?: string, ...advice: string[]][]} */
  const known = [
    [
      /No space left on device|could not extend file/i,
      `the disk that holds ${dataDir} is full`,
      'Make room (df -h shows what is full), then start again. Nothing is lost.',
    ],
    [
      /Permission denied|has wrong ownership|has invalid permissions/i,
      `this user may not use ${dataDir}`,
      `It was probably made by another user: start as that user, or hand it over with chown -R <you> "${dataDir}".`,
    ],
    [
      /Address already in use|could not bind/i,
      `port ${port} is in use`,
      'Set POSTGRES_PORT to a free port, or stop what uses it.',
    ],
    [
      /could not map anonymous shared memory|Cannot allocate memory|could not create shared memory/i,
      'there is not enough memory',
      'Stop something else, or give this machine or container more memory.',
    ],
    [
      /error while loading shared libraries|Library not loaded/i,
      'a library that it needs is missing',
      'Delete the folder node_modules and start again: the links between the libraries are made on install.',
      'Or set DATABASE_URL to a PostgreSQL server of your own.',
    ],
    [
      /not compatible with this version|incompatible with server/i,
      `${dataDir} was written by another version of PostgreSQL`,
      ...otherVersionAdvice(dataDir),
    ],
    [/could not locate a valid checkpoint record|invalid checkpoint|PANIC/i, `the files in ${dataDir} are damaged`],
  ];
  const [, reason, ...advice] = known.find(([pattern]) => pattern.test(output)) ?? [/^/];
  const anew = `If the data does not matter, move ${dataDir} away and start again; it is made anew.`;
  return new LauncherError(`${doing}${reason ? `: ${reason}` : ''}.`, advice.length > 0 ? advice : [anew], { output });
}

/** @param {string} dataDir */
export function otherVersionAdvice(dataDir) {
  return [
    'To keep the data, run the version of Balcão that wrote it and export it from there (pg_dump), or point',
    'DATABASE_URL to a server that has been upgraded.',
    `To begin anew, move ${dataDir} away and start again.`,
  ];
}
