// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LauncherError } from './errors.mjs';
import { runQuietly } from './processes/run.mjs';
import { tieToLauncher } from './processes/tied.mjs';

/**
 * Brings the database to the newest form.
 *
 * @param {import('./paths.mjs').Places} places
 * @param {NodeJS.ProcessEnv} env
 */
export async function migrate(places, env) {
  await runProgram(places, 'migrate', places.programs.migrate, [], env, 'The database could not be migrated.');
}

/**
 * Fills in the demo organizations.
 *
 * @param {import('./paths.mjs').Places} places
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} [args]
 */
export async function seedDemo(places, env, args = []) {
  const output = await runProgram(
    places,
    'seed-demo',
    places.programs.seedDemo,
    args,
    env,
    'The demo data could not be written.',
  );
  mkdirSync(dirname(places.seededFile), { recursive: true });
  writeFileSync(places.seededFile, `${JSON.stringify({ apiKey: apiKeyIn(output) })}\n`, { mode: 0o600 });
}

/**
 * What the last seeding reported, or undefined when there was none.
 *
 * @param {import('./paths.mjs').Places} places
 * @returns {{ apiKey?: string } | undefined}
 */
export function seededDemo(places) {
  if (!existsSync(places.seededFile)) return undefined;
  try {
    return JSON.parse(readFileSync(places.seededFile, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * Runs a command that talks with the person at the terminal.
 *
 * @param {import('./paths.mjs').Places} places
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export function runInteractively(places, program, args, env) {
  return new Promise((resolve, reject) => {
    const child = tieToLauncher(
      spawn(process.execPath, [program, ...args], { cwd: places.root, env, stdio: 'inherit' }),
    );
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * The key that the seed says it made, in text or in a JSON line.
 *
 * @param {string} output
 * @returns {string | undefined}
 */
export function apiKeyIn(output) {
  return /\bbk_[A-Za-z0-9_-]+/.exec(output)?.[0];
}

/**
 * @param {import('./paths.mjs').Places} places
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} failure
 */
async function runProgram(places, name, program, args, env, failure) {
  const logFile = join(places.logs, `${name}.log`);
  const { code, output } = await runQuietly(process.execPath, [program, ...args], { cwd: places.root, env, logFile });
  if (code === 0) return output;
  throw new LauncherError(failure, [`What it said stands above, and in ${logFile}.`], { output });
}
