// @ts-check
import { spawn } from 'node:child_process';
import { openLog } from './log-file.mjs';
import { tieToLauncher } from './tied.mjs';

/**
 * Runs a program to its end, keeping what it prints in a log file and in the result.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, logFile: string }} options
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runQuietly(program, args, { cwd, env, logFile }) {
  const log = openLog(logFile, 'w');
  return new Promise((resolve) => {
    const child = tieToLauncher(
      spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' }),
    );
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8');
      log.write(chunk);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => finish(null, `${output}${error.message}\n`));
    child.once('close', (code) => finish(code, output));
    const finish = (/** @type {number | null} */ code, /** @type {string} */ all) =>
      log.end(() => resolve({ code, output: all }));
  });
}
