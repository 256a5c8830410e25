// @ts-check

/**
 * Something the person at the keyboard can mend: what happened, and what to do about it.
 * The commands print both and leave the stack trace out.
 */
export class LauncherError extends Error {
  /**
   * @param {string} whatHappened one sentence
   * @param {string[]} [whatToDo] one line each, in the order to try them
   * @param {{ output?: string, cause?: unknown }} [more] `output` is what a failing tool printed
   */
  constructor(whatHappened, whatToDo = [], more = {}) {
    super(whatHappened, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'LauncherError';
    /** @type {string[]} */
    this.whatToDo = whatToDo;
    /** @type {string} */
    this.output = more.output ?? '';
  }
}

/**
 * An error as text for the terminal.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeError(error) {
  if (!(error instanceof LauncherError)) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const parts = [];
  if (error.output.trim() !== '') parts.push(error.output.trimEnd(), '');
  parts.push(error.message, ...error.whatToDo.map((line) => `  → ${line}`));
  return parts.join('\n');
}

/**
 * The code of a system error (`ENOENT`, `EACCES`, …), or an empty string.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function systemCode(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
