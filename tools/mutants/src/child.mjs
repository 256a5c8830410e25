// @ts-check
// One process that runs spec files: with every mutant that their tests come by, or from its start with one alone.
import { register } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { ROOT } from './guards.mjs';
import { everywhere, sqlMutants } from './sql.mjs';

/** @typedef {import('./findings.mjs').Trial} Trial */
/** @typedef {import('./jest.mjs').Test} Test */

register('./hooks.mjs', import.meta.url);
let awake = process.env['MUTANT'];
/** @type {Set<string>} */
let met = new Set();
Object.assign(globalThis, { __mutant: (/** @type {string} */ id) => (met.add(id), id === awake) });
const { query } = pg.Client.prototype;
pg.Client.prototype.query = /** @type {any} */ (
  function (/** @type {any[]} */ ...given) {
    const text = String(given[0]?.text ?? given[0]);
    // Migrations name them all.
    if (/\bcreate (?:function|table)\b/.test(text)) return Reflect.apply(query, this, given);
    for (const [, name] of text.matchAll(/\b((?:door|session|state)\w*)\(/g)) met.add(`function ${name}`);
    for (const [, name] of text.matchAll(/\b(?:from|join|into|update) (\w+)/g)) met.add(`table ${name}`);
    return Reflect.apply(query, this, given);
  }
);
// What a mutant leaves undone ends no process.
process.on('unhandledRejection', () => {}).on('uncaughtException', () => {});
process.on('disconnect', () => process.exit());
const { openSpec, runTests } = await import('./jest.mjs');
const server = /** @type {string} */ (process.env['TEST_DATABASE_URL']);
const tell = (/** @type {object} */ message) => process.send?.(message);
let versions = 0;

process.on(
  'message',
  async (/** @type {{ spec: string, sound: string[], trials?: Trial[] }} */ { spec, sound, trials }) => {
    try {
      tell({
        kind: 'end',
        ...(awake !== undefined
          ? await tryAtStart(spec, sound)
          : trials
            ? await tryAll(spec, trials)
            : await meet(spec)),
      });
    } catch (error) {
      tell({ kind: 'end', error: String(error instanceof Error ? error.stack : error) });
    }
  },
);

/** Closes what can be closed: a mutant may have left it stuck. @param {{ close: () => Promise<void> }} world */
const close = (world) => Promise.race([world.close(), sleep(10_000)]);
const open = (/** @type {string} */ spec) => openSpec(`${pathToFileURL(join(ROOT, spec)).href}?${(versions += 1)}`);

/** @param {string} spec @param {string[]} sound names of the tests that pass without it */
async function tryAtStart(spec, sound) {
  try {
    const world = await open(spec);
    const asked = world.tests.filter(({ name }) => sound.includes(name));
    const failure = await runTests(asked, () => 60_000);
    return { killedBy: failure?.test.name };
  } catch (error) {
    return { killedBy: `the start: ${String(error).slice(0, 100)}` };
  }
}

/** Which places each test of a file comes by. @param {string} spec */
async function meet(spec) {
  met = new Set();
  const world = await open(spec);
  const boot = [...met];
  /** @type {import('./findings.mjs').MetTest[]} */
  const tests = [];
  met = new Set();
  await runThrough(spec, world.tests, 'by itself', ({ name }, ms) => {
    tests.push({ name, ms: Math.round(ms), met: [...met] });
    met = new Set();
  });
  const sql = (await sqlMutants(server)).map(({ id, subject }) => ({ id, subject }));
  tell({ kind: 'found', boot, tests, sql });
  await close(world);
  return {};
}

/** Tries mutants, each with its own tests. @param {string} spec @param {Trial[]} trials */
async function tryAll(spec, trials) {
  let world = await open(spec);
  const asked = new Set(trials.flatMap(({ names }) => names));
  /** How long each takes that passes by itself, and those that do so again in the same world. @type {Map<string, number>} */
  const sound = new Map();
  const repeatable = new Set();
  const named = (/** @type {{ has(name: string): boolean }} */ names) =>
    world.tests.filter(({ name }) => names.has(name));
  await runThrough(spec, named(asked), 'by itself', ({ name }, ms) => sound.set(name, ms));
  await runThrough(spec, named(sound), 'when repeated', ({ name }) => repeatable.add(name));
  const renew = async () => {
    await close(world);
    world = await open(spec);
  };
  // A busy machine is slow, and a test that ends late has noticed nothing.
  const limit = (/** @type {{ name: string }} */ { name }) => 15_000 + 5 * (sound.get(name) ?? 0);
  const changes = new Map((await sqlMutants(server)).map((mutant) => [mutant.id, mutant]));
  for (const { id, names } of trials) {
    const { apply, undo } = changes.get(id) ?? {};
    /** @param {string[]} chosen */
    const failureOf = async (chosen) => {
      if (apply) await everywhere(server, apply);
      awake = id;
      const failure = await runTests(named(new Set(chosen)), limit);
      awake = undefined;
      if (undo) await everywhere(server, undo);
      return failure;
    };
    tell({ kind: 'trying', id });
    try {
      let failure = await failureOf(names.filter((name) => repeatable.has(name)));
      // It counts where the same test passes again without the mutant, or else in a world of its own.
      if (failure && (failure.late || (await runTests([failure.test], limit)))) {
        await renew();
        failure = await failureOf([failure.test.name]);
        await renew();
      }
      const once = names.filter((name) => sound.has(name) && !repeatable.has(name));
      if (!failure && once.length > 0) {
        await renew();
        failure = await failureOf(once);
        await renew();
      }
      tell({ kind: 'result', id, killedBy: failure?.test.name });
    } catch {
      tell({ kind: 'invalid', id });
    }
  }
  await close(world);
  return {};
}

/**
 * Runs tests to their end, also behind those that fail.
 * @param {string} spec @param {Test[]} tests @param {string} when for the notes @param {(test: Test, ms: number) => void} passed
 */
async function runThrough(spec, tests, when, passed) {
  for (let rest = tests; rest.length > 0;) {
    const failure = await runTests(
      rest,
      () => 120_000,
      (test, ms) => {
        tell({ kind: 'tested' });
        passed(test, ms);
      },
    );
    if (!failure) return;
    const [reason] = String(failure.error).split('\n', 1);
    tell({ kind: 'note', note: `${spec} › ${failure.test.name} fails ${when}: ${reason}` });
    rest = rest.slice(rest.indexOf(failure.test) + 1);
  }
}
