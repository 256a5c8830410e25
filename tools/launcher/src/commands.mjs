// @ts-check
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LauncherError } from './errors.mjs';
import { runToEnd } from './processes/run.mjs';

/** What the migrations end with where an older, unreleased version made the database. */
const FOREIGN_SCHEMA = 3;

/** That version's database cannot be brought up to date. */
export class ForeignSchemaError extends LauncherError {}

/**
 * Brings the database to the newest form.
 * @param {import('./paths.mjs').Places} places
 * @param {NodeJS.ProcessEnv} env
 * @throws {ForeignSchemaError}
 */
export async function migrate(places, env) {
  await runProgram(places, 'migrate', places.programs.migrate, env, 'The database could not be migrated.');
}

/** Fills in the demo organizations. @param {import('./paths.mjs').Places} places @param {NodeJS.ProcessEnv} env */
export async function seedDemo(places, env) {
  await runProgram(places, 'seed-demo', places.programs.seedDemo, env, 'The demo data could not be written.');
  mkdirSync(dirname(places.seededFile), { recursive: true });
  writeFileSync(places.seededFile, '');
}

/** Whether the demo was written here before. @param {import('./paths.mjs').Places} places */
export function isDemoSeeded(places) {
  return existsSync(places.seededFile);
}

/**
 * Runs a command that talks with the person at the terminal.
 * @param {import('./paths.mjs').Places} places
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export async function runInteractively(places, program, args, env) {
  const options = { cwd: places.root, env, interactive: true };
  return (await runToEnd(process.execPath, [program, ...args], options)).code ?? 1;
}

/**
 * @param {import('./paths.mjs').Places} places
 * @param {string} name
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 * @param {string} failure
 */
async function runProgram(places, name, program, env, failure) {
  const logFile = join(places.logs, `${name}.log`);
  const { code, output } = await runToEnd(process.execPath, [program], { cwd: places.root, env, logFile });
  if (code === 0) return;
  const Failure = name === 'migrate' && code === FOREIGN_SCHEMA ? ForeignSchemaError : LauncherError;
  throw new Failure(failure, [`What it said stands above, and in ${logFile}.`], { output });
}
