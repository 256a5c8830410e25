// @ts-check

/**
 * Something the person at the keyboard can mend: what happened, and what to do about it.
 * The commands print both and leave the stack trace out.
 */
export class LauncherError extends Error {
  /**
   * @param {string} whatHappened one sentence
   * @param {string[]} [whatToDo] one line each, in the order to try them
   * @param {{ output?: string, cause?: unknown }} [more] its `output` is what a failing tool printed
   */
  constructor(whatHappened, whatToDo = [], { output = '', cause } = {}) {
    super(whatHappened, { cause });
    this.name = 'LauncherError';
    this.whatToDo = whatToDo;
    this.output = output;
  }
}

/** An error as text for the terminal. @param {unknown} error */
export function describeError(error) {
  const known = error instanceof LauncherError ? error : fileProblem(error);
  if (known === undefined) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const parts = [];
  if (known.output.trim() !== '') parts.push(known.output.trimEnd(), '');
  parts.push(known.message, ...known.whatToDo.map((line) => `  → ${line}`));
  return parts.join('\n');
}

/**
 * What a system error about a file means to the person at the keyboard, wherever it came up.
 * @param {unknown} error
 * @returns {LauncherError | undefined}
 */
function fileProblem(error) {
  const path = error instanceof Error && 'path' in error ? String(error.path) : undefined;
  const advice = FILE_ADVICE[systemCode(error)];
  if (path === undefined || advice === undefined) return undefined;
  return new LauncherError(`${path} cannot be used (${systemCode(error)}).`, [advice], { cause: error });
}

const NOT_YOURS =
  'It belongs to another user, who perhaps started Balcão here before: start as that user, or give this one permission.';
const IN_THE_WAY = 'A file stands where a folder is wanted: move it away, then start again.';

/** @type {Record<string, string | undefined>} */
const FILE_ADVICE = {
  EACCES: NOT_YOURS,
  EPERM: NOT_YOURS,
  EROFS: 'That disk can only be read: start Balcão from a folder on another one.',
  ENOSPC: 'The disk is full (df -h shows which): make room, then start again.',
  ENOTDIR: IN_THE_WAY,
  EEXIST: IN_THE_WAY,
};

/** The code of a system error (`ENOENT`, `EACCES`, …), or an empty string. @param {unknown} error */
export function systemCode(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * What `ask` gives, or the other value where it throws: a file or a process may be gone by the time that it is asked.
 * @template T
 * @param {() => T} ask
 * @param {NoInfer<T>} otherwise
 */
export function orElse(ask, otherwise) {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
