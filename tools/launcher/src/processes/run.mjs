// @ts-check
import { openLog } from './log-file.mjs';
import { spawnTied } from './tied.mjs';

/** What a program that has ended left behind may hold its output open for ever. */
const LAST_OUTPUT_MS = 5_000;

/**
 * Runs a program to its end, keeping what it prints in a log file and in the result; without a file it is shown at once.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, logFile?: string, interactive?: boolean,
 *           onStart?: (child: import('node:child_process').ChildProcess) => void }} options
 *   `interactive`: it may ask the person at the terminal
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runToEnd(program, args, { cwd, env, logFile, interactive, onStart }) {
  const log = logFile === undefined ? undefined : openLog(logFile, 'w');
  const shown = log ? 'pipe' : 'inherit';
  return new Promise((resolve) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = [interactive ? shown : 'ignore', shown, shown];
    const child = spawnTied(program, args, { cwd, env, interactive, stdio });
    onStart?.(child);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8');
      if (!log?.writableEnded) log?.write(chunk);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => finish(null, `${output}${error.message}\n`));
    child.once('exit', () =>
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LAST_OUTPUT_MS).unref(),
    );
    child.once('close', (code) => finish(code, output));
    const finish = (/** @type {number | null} */ code, /** @type {string} */ all) => {
      if (log) log.end(() => resolve({ code, output: all }));
      else resolve({ code, output: all });
    };
  });
}
