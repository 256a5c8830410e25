// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sources } from '../../launcher/src/stamp.mjs';
import { isGuard, ROOT, SPECS } from './guards.mjs';
import { mutate } from './mutate.mjs';

const KEPT = join(ROOT, 'node_modules/.cache/mutants.json');
const MIGRATIONS = 'libs/platform/database/migrations';
/** Spec files that one mutant of an application's start is tried with. */
const MOST_STARTS = 2;

const digestOf = (/** @type {string} */ text) => createHash('sha256').update(text).digest('base64url').slice(0, 12);
const read = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');
/**
 * What is known of every mutant, kept between runs for as long as the file that it stands in and, where it survived, the
 * spec files stay as they are.
 * @typedef {{ source: string, killedBy?: string, survived: Record<string, string> }} Known
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
    /** @type {{ known: Record<string, Known>, specs: Record<string, { digest: string, met: string[], boot: string[] }>, sql: string[] }} */
    this.kept = !anew && existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : { known: {}, specs: {}, sql: [] };
    this.addSql(this.kept.sql);
    this.state = digestOf([...this.mutants].map(([id, { source }]) => id + source).join());
  }

  /** @param {string[]} ids */
  addSql(ids) {
    for (const id of ids)
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

  /** Spec files that may tell more than is known of them. */
  specsToRun() {
    return this.specs.filter((spec) => this.kept.specs[spec]?.digest !== this.specDigests.get(spec) + this.state);
  }

  /** @param {string} spec @returns {string[]} */
  doneWith(spec) {
    const digest = this.specDigests.get(spec);
    const ids = new Set([...this.mutants.keys(), ...Object.keys(this.kept.known)]);
    return [...ids].filter(
      (id) => !this.mutants.has(id) || !this.isAlive(id) || this.known(id).survived[spec] === digest,
    );
  }

  /** @param {string} spec @param {{ met: string[], boot: string[], sql: string[] }} found */
  found(spec, { met, boot, sql }) {
    this.kept.specs[spec] = { digest: '', met, boot };
    this.kept.sql = sql;
    this.addSql(sql);
  }

  /** @param {string} spec */
  finished(spec) {
    const kept = this.kept.specs[spec];
    if (kept) kept.digest = this.specDigests.get(spec) + this.state;
    this.keep();
  }

  /** @param {string} id @param {string} spec @param {string} [killedBy] name of the test that failed */
  result(id, spec, killedBy) {
    if (killedBy !== undefined) this.known(id).killedBy = `${spec} › ${killedBy}`;
    else this.known(id).survived[spec] = this.specDigests.get(spec) ?? '';
    this.keep();
  }

  /** What is no statement of the language breaks nothing. @param {string} id */
  invalid(id) {
    this.mutants.delete(id);
    this.kept.sql = this.kept.sql.filter((one) => one !== id);
  }

  keep() {
    mkdirSync(dirname(KEPT), { recursive: true });
    writeFileSync(KEPT, JSON.stringify(this.kept));
  }

  /** Mutants of what happens while an application starts, each with spec files that start one. */
  ofTheStart() {
    const fileOf = (/** @type {string} */ id) => id.split(': ', 1)[0];
    /** @type {{ met: string[], boot: string[] }} */
    const none = { met: [], boot: [] };
    const specs = this.specs.map((spec) => ({ spec, ...(this.kept.specs[spec] ?? none) }));
    const early = new Set(specs.flatMap(({ boot }) => boot));
    return this.alive()
      .filter((id) => early.has(id))
      .flatMap((id) =>
        specs
          .map(({ spec, met, boot }) => ({
            spec,
            id,
            weight: met.filter((one) => fileOf(one) === fileOf(id)).length + (boot.includes(id) ? 1 : 0),
          }))
          .filter(({ weight }) => weight > 0)
          .sort((one, other) => other.weight - one.weight)
          .slice(0, MOST_STARTS)
          .filter(({ spec }) => this.known(id).survived[`${spec} from the start`] === undefined),
      );
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
    const met = new Set(Object.values(this.kept.specs).flatMap((spec) => [...spec.met, ...spec.boot]));
    const notReached = new Set(alive.filter((id) => !met.has(id) && Object.keys(this.known(id).survived).length === 0));
    return { total: counted.length, killed: counted.length - alive.length, folders, alive, notReached };
  }

  /** @param {string} id */
  place(id) {
    const line = this.mutants.get(id)?.line;
    return line ? id.replace(': ', `:${line}: `) : id;
  }
}
