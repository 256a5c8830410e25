// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sources } from '../../launcher/src/stamp.mjs';
import { isAbout, isGuard, ROOT, SPECS } from './guards.mjs';
import { mutate } from './mutate.mjs';

const KEPT = join(ROOT, 'node_modules/.cache/mutants.json');
const MET = join(ROOT, 'node_modules/.cache/mutants-met.json');
const MIGRATIONS = 'libs/platform/database/migrations';
/** Spec files that one mutant of an application's start is tried with. */
const MOST_STARTS = 2;
/** Tests that one mutant is tried with, beside all that are about its library: */
const MOST_TESTS = 30;
/** of one spec file, of whose tests many are alike; */
const MOST_TESTS_OF_SPEC = 6;
/** and those that take longer only where there is no other. */
const LONG_MS = 3_000;
/** What is found is written down now and then. */
const KEEP_EVERY_MS = 3_000;

const digestOf = (/** @type {string} */ text) => createHash('sha256').update(text).digest('base64url').slice(0, 12);
const read = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');
/** @template Kept @param {string} file @param {Kept} otherwise @returns {Kept} */
const readKept = (file, otherwise) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : otherwise);

/** @param {string} file @param {unknown} what */
function writeKept(file, what) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(what));
  renameSync(`${file}.new`, file);
}

/**
 * What is known of every mutant, kept between runs for as long as the file that it stands in and, where it survived, the
 * tests that it was tried with stay as they are.
 * @typedef {{ source: string, killedBy?: string, survived: Record<string, string> }} Known
 * @typedef {{ name: string, ms: number, met: string[] }} MetTest a test, with the places that it comes by
 * @typedef {{ digest: string, tests: { name: string, ms: number, met: number[] }[], boot: string[] }} MetSpec `met`: their
 *   numbers among `places`
 * @typedef {{ id: string, subject: string, names: string[] }} Trial a mutant, with the tests of a spec file to ask
 */
export class Findings {
  /** @param {RegExp} only @param {RegExp} specs @param {boolean} anew */
  constructor(only, specs, anew) {
    const files = sources(ROOT);
    /** @type {Map<string, { line: number, source: string }>} */
    this.mutants = new Map();
    for (const file of files.filter(isGuard)) {
      const text = read(file);
      for (const { id, line } of mutate(file, text).mutants)
        if (only.test(id)) this.mutants.set(id, { line, source: digestOf(text) });
    }
    this.only = only;
    this.migrations = digestOf(
      files
        .filter((file) => file.startsWith(MIGRATIONS))
        .map(read)
        .join(),
    );
    this.specs = SPECS.flatMap((pattern) => files.filter((file) => pattern.test(file) && specs.test(file)));
    this.specDigests = new Map(this.specs.map((spec) => [spec, digestOf(read(spec))]));
    /** @type {{ known: Record<string, Known> }} */
    this.kept = readKept(anew ? '' : KEPT, { known: {} });
    /** @type {{ places: string[], specs: Record<string, MetSpec>, sql: { id: string, subject: string }[] }} */
    this.met = readKept(anew ? '' : MET, { places: [], specs: {}, sql: [] });
    this.numbers = new Map(this.met.places.map((place, number) => [place, number]));
    const guarded = [...this.mutants].map(([id, { source }]) => id + source).join();
    this.state = digestOf(guarded + this.migrations);
    this.addSql(this.met.sql);
    this.keptAt = 0;
  }

  /** @param {{ id: string, subject: string }[]} mutants */
  addSql(mutants) {
    this.subjects = new Map(mutants.map(({ id, subject }) => [id, subject]));
    for (const { id } of mutants)
      if (this.only.test(id) && !this.mutants.has(id)) this.mutants.set(id, { line: 0, source: this.migrations });
  }

  /** @param {string} id */
  known(id) {
    const source = this.mutants.get(id)?.source ?? '';
    const known = this.kept.known[id];
    return known?.source === source ? known : (this.kept.known[id] = { source, survived: {} });
  }

  /** @param {string} id */
  isAlive(id) {
    return this.known(id).killedBy === undefined;
  }

  alive() {
    return [...this.mutants.keys()].filter((id) => this.isAlive(id));
  }

  /** Spec files of which it is not known by which places their tests come today. */
  specsToMeet() {
    return this.specs.filter((spec) => this.met.specs[spec]?.digest !== this.specDigests.get(spec) + this.state);
  }

  /** @param {string} spec @param {{ tests: MetTest[], boot: string[], sql: { id: string, subject: string }[] }} found */
  found(spec, { tests, boot, sql }) {
    const digest = this.specDigests.get(spec) + this.state;
    const numbered = tests.map((test) => ({ ...test, met: test.met.map((place) => this.numberOf(place)) }));
    this.met.specs[spec] = { digest, tests: numbered, boot };
    // A test without a database knows of none.
    if (sql.length > 0) this.addSql((this.met.sql = sql));
    writeKept(MET, this.met);
  }

  /** @param {string} place */
  numberOf(place) {
    let number = this.numbers.get(place);
    if (number === undefined) {
      number = this.met.places.push(place) - 1;
      this.numbers.set(place, number);
    }
    return number;
  }

  /**
   * The tests that tell most of each mutant, by spec file: those that come by little else, of several files.
   * @returns {Map<string, Trial[]>}
   */
  trials() {
    const tests = this.specs.flatMap((spec) =>
      (this.met.specs[spec]?.tests ?? []).map((test) => ({ spec, ...test, places: new Set(test.met) })),
    );
    tests.sort(
      (one, other) => Number(one.ms > LONG_MS) - Number(other.ms > LONG_MS) || one.met.length - other.met.length,
    );
    /** @type {Map<string, Trial[]>} */
    const trials = new Map(this.specs.map((spec) => [spec, []]));
    for (const id of this.alive()) {
      const subject = this.subjects?.get(id) ?? id;
      const number = this.numbers.get(subject) ?? -1;
      const about = this.specs.filter((spec) => isAbout(spec, id));
      const isOwn = (/** @type {{ spec: string }} */ { spec }) => about.includes(spec);
      const tells = (/** @type {typeof tests[number]} */ test) =>
        test.places.has(number) && (!id.startsWith('policy ') || isOwn(test));
      /** @type {Map<string, string[]>} */
      const chosen = new Map();
      let count = 0;
      for (const test of [...tests.filter(isOwn), ...tests.filter((each) => !isOwn(each))]) {
        const names = chosen.get(test.spec) ?? [];
        if (!tells(test) || (!isOwn(test) && (count >= MOST_TESTS || names.length === MOST_TESTS_OF_SPEC))) continue;
        chosen.set(test.spec, [...names, test.name]);
        if (!isOwn(test)) count += 1;
      }
      for (const [spec, names] of chosen) trials.get(spec)?.push({ id, subject, names });
    }
    return trials;
  }

  /** What remains to be tried of a spec file's trials. @param {string} spec @param {Trial[]} trials */
  left(spec, trials) {
    return trials.filter(
      (trial) => this.isAlive(trial.id) && this.known(trial.id).survived[spec] !== this.digest(spec, trial),
    );
  }

  /** @param {string} spec @param {Trial} trial */
  digest(spec, { names }) {
    return digestOf(`${this.specDigests.get(spec)}${[...names].sort().join()}`);
  }

  /** @param {string} id @param {string} spec @param {string} [killedBy] name of the test that failed @param {string} [digest] of what it survived */
  result(id, spec, killedBy, digest = '') {
    if (killedBy !== undefined) this.known(id).killedBy = `${spec} › ${killedBy}`;
    else this.known(id).survived[spec] = digest;
    if (Date.now() > this.keptAt + KEEP_EVERY_MS) this.keep();
  }

  /** What is no statement of the language breaks nothing. @param {string} id */
  invalid(id) {
    this.mutants.delete(id);
    this.met.sql = this.met.sql.filter((one) => one.id !== id);
  }

  keep() {
    this.keptAt = Date.now();
    writeKept(KEPT, this.kept);
  }

  /** Mutants of what happens while an application starts, each with spec files that start one. */
  ofTheStart() {
    const fileOf = (/** @type {string} */ id) => id.split(': ', 1)[0] ?? '';
    const specs = this.specs.map((spec) => ({
      spec,
      met: this.placesOf(spec),
      boot: this.met.specs[spec]?.boot ?? [],
    }));
    const isBeside = (/** @type {{ spec: string, id: string }} */ { spec, id }) =>
      spec === fileOf(id).replace(/\.ts$/, '.spec.ts');
    const early = new Set(specs.flatMap(({ boot }) => boot));
    return this.alive()
      .filter((id) => early.has(id))
      .flatMap((id) =>
        specs
          .map(({ spec, met, boot }) => ({
            spec,
            id,
            weight: [...met].filter((one) => fileOf(one) === fileOf(id)).length + (boot.includes(id) ? 1 : 0),
          }))
          .filter(({ weight }) => weight > 0)
          // Nothing starts as soon as the file's own tests.
          .sort((one, other) => Number(isBeside(other)) - Number(isBeside(one)) || other.weight - one.weight)
          .slice(0, MOST_STARTS)
          .filter(({ spec }) => this.known(id).survived[`${spec} from the start`] !== this.specDigests.get(spec)),
      );
  }

  /** Names of a spec file's tests that pass by themselves. @param {string} spec */
  soundOf(spec) {
    return this.met.specs[spec]?.tests.map(({ name }) => name) ?? [];
  }

  /** Places that the tests of a spec file come by. @param {string} spec */
  placesOf(spec) {
    const numbers = new Set((this.met.specs[spec]?.tests ?? []).flatMap(({ met }) => met));
    return new Set([...numbers].map((number) => this.met.places[number] ?? ''));
  }

  /** @param {ReadonlySet<string>} excused those that nobody could tell from the original */
  summary(excused) {
    const counted = [...this.mutants.keys()].filter((id) => !excused.has(id));
    /** @type {Map<string, { all: number, caught: number }>} */
    const folders = new Map();
    for (const id of counted) {
      const folder =
        /^(libs\/(?:platform\/[^/]+|modules\/[^/]+\/src\/[^/]+))/.exec(id)?.[1] ?? id.split(' ', 1)[0] ?? '';
      const entry = folders.get(folder) ?? { all: 0, caught: 0 };
      folders.set(folder, { all: entry.all + 1, caught: entry.caught + (this.isAlive(id) ? 0 : 1) });
    }
    const alive = counted.filter((id) => this.isAlive(id));
    const met = new Set(this.specs.flatMap((spec) => [...this.placesOf(spec), ...(this.met.specs[spec]?.boot ?? [])]));
    const notReached = new Set(
      alive.filter((id) => !met.has(this.subjects?.get(id) ?? id) && Object.keys(this.known(id).survived).length === 0),
    );
    return { total: counted.length, killed: counted.length - alive.length, folders, alive, notReached };
  }

  /** @param {string} id */
  place(id) {
    const line = this.mutants.get(id)?.line;
    return line ? id.replace(': ', `:${line}: `) : id;
  }
}
