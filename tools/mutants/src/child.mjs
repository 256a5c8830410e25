// @ts-check
// One process that runs spec files: with every mutant that their tests come by, or from its start with one alone.
import { register } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { POLICY_SPECS, ROOT } from './guards.mjs';
import { everywhere, sqlMutants } from './sql.mjs';

register('./hooks.mjs', import.meta.url);
let awake = process.env['MUTANT'];
/** @type {Set<string>} */
let met = new Set();
Object.assign(globalThis, { __mutant: (/** @type {string} */ id) => (met.add(id), id === awake) });
const { query } = pg.Client.prototype;
pg.Client.prototype.query = /** @type {any} */ (
  function (/** @type {any[]} */ ...given) {
    for (const [, name] of String(given[0]?.text ?? given[0]).matchAll(/\b((?:door|session|state)\w*)\(/g))
      met.add(`function ${name}`);
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
/** Of the tests that come by a mutant those are asked first that come by little else, and no more than take this long. */
const MOST_MS = 4_000;

process.on('message', async (/** @type {{ spec: string, done: string[] }} */ job) => {
  try {
    tell({ kind: 'end', ...(awake === undefined ? await tryAll(job) : await tryOne(job)) });
  } catch (error) {
    tell({ kind: 'end', error: String(error instanceof Error ? error.stack : error) });
  }
});

/** Closes what can be closed: a mutant may have left it stuck. @param {{ close: () => Promise<void> }} world */
const close = (world) => Promise.race([world.close(), sleep(10_000)]);
const open = (/** @type {string} */ spec) => openSpec(`${pathToFileURL(join(ROOT, spec)).href}?${(versions += 1)}`);

/** @param {{ spec: string }} job */
async function tryOne({ spec }) {
  try {
    const world = await open(spec);
    const failure = await runTests(world.tests, () => 60_000);
    return { killedBy: failure?.test.name };
  } catch (error) {
    return { killedBy: `the start: ${String(error).slice(0, 100)}` };
  }
}

/** @param {{ spec: string, done: string[] }} job those that are done with need no further try */
async function tryAll({ spec, done }) {
  const finished = new Set(done);
  met = new Set();
  let world = await open(spec);
  const boot = met;
  /** @type {Map<string, { ms: number, met: Set<string> }>} */
  const known = new Map();
  const broken = new Set();
  // Twice, since a test that leaves something behind cannot be repeated in the same world.
  let repeatable = true;
  for (const round of [1, 2]) {
    for (let rest = world.tests.filter(({ name }) => !broken.has(name)); rest.length > 0;) {
      met = new Set();
      const failure = await runTests(
        rest,
        () => 120_000,
        ({ name }, ms) => {
          tell({ kind: 'tested' });
          if (round === 1) known.set(name, { ms, met });
          met = new Set();
        },
      );
      if (!failure) break;
      const [reason] = String(failure.error).split('\n');
      const how = round === 1 ? 'by itself' : 'when repeated';
      tell({ kind: 'note', note: `${spec} › ${failure.test.name} fails ${how}: ${reason}` });
      if (round === 2) {
        repeatable = false;
        break;
      }
      broken.add(failure.test.name);
      rest = rest.slice(rest.indexOf(failure.test) + 1);
    }
    if (!repeatable) {
      await close(world);
      world = await open(spec);
    }
  }
  const breadthOf = (/** @type {{ name: string }} */ { name }) => known.get(name)?.met.size ?? 0;
  const telling = (/** @type {string} */ subject) => {
    const tests = world.tests.filter(
      ({ name }) => known.get(name)?.met.has(subject) || (known.has(name) && subject === 'policy'),
    );
    const sorted = [...tests].sort((one, other) => breadthOf(one) - breadthOf(other));
    let ms = 0;
    const enough = new Set(
      sorted.filter(({ name }, place) => (ms += known.get(name)?.ms ?? 0) < MOST_MS || place < 10),
    );
    return tests.filter((test) => enough.has(test));
  };
  // A busy machine is slow, and a test that ends late has noticed nothing.
  const limit = (/** @type {{ name: string }} */ { name }) => 15_000 + 5 * (known.get(name)?.ms ?? 0);
  const ofSql = await sqlMutants(server);
  const reached = new Set([...known.values()].flatMap((one) => [...one.met]));
  const inSql = ofSql.filter(({ subject }) => (subject === 'policy' ? POLICY_SPECS.test(spec) : reached.has(subject)));
  const all = [...reached]
    .filter((id) => !id.startsWith('function '))
    .map((id) => ({ id, subject: id, apply: '', undo: '' }));
  tell({
    kind: 'found',
    boot: [...boot],
    met: all.map(({ id }) => id),
    sql: ofSql.map(({ id }) => id),
  });
  for (const { id, subject, apply, undo } of [...all, ...inSql]) {
    if (finished.has(id)) continue;
    tell({ kind: 'trying', id });
    for (let attempt = 1; ; attempt += 1) {
      if (!repeatable || attempt > 1) {
        await close(world);
        world = await open(spec);
      }
      const tests = telling(subject);
      try {
        if (apply) await everywhere(server, apply);
      } catch {
        tell({ kind: 'invalid', id });
        break;
      }
      awake = id;
      const failure = await runTests(repeatable ? tests : world.tests.filter(({ name }) => known.has(name)), limit);
      awake = undefined;
      if (apply) await everywhere(server, undo);
      // A failure counts where the same test passes again without the mutant, or else in a world of its own.
      const sound = !failure || attempt > 1 || (!failure.late && !(await runTests([failure.test], limit)));
      if (!sound) continue;
      tell({ kind: 'result', id, killedBy: failure?.test.name });
      if (failure && attempt > 1) {
        await close(world);
        world = await open(spec);
      }
      break;
    }
  }
  await close(world);
  return {};
}
