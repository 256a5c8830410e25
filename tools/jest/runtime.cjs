// @ts-check
// Jest's own runtime gives every spec file a world of its own, into which it loads NestJS, TypeORM and all the rest
// anew: some seconds of processor time each. Here the spec files of a process share what they import, which Node loads
// itself; only the spec file is loaded for its run. What a file changes in the process it must put back.
const { hash } = require('node:crypto');
const { mkdirSync, writeFileSync } = require('node:fs');
const { register } = require('node:module');
const { join } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { compile } = require('./compile.cjs');

const MAPS = join(__dirname, '../../node_modules/.cache/jest-maps');

register(pathToFileURL(join(__dirname, 'loader.mjs')).href);
let runs = 0;

/**
 * Where each source's map lies; made for those that a stack names.
 *
 * @extends {Map<string, string>}
 */
class SourceMaps extends Map {
  /**
   * @override
   * @param {string} source
   */
  get(source) {
    if (!super.has(source) && /^file:.*\.ts(\?|$)/.test(source)) {
      const file = source.split('?', 1)[0] ?? source;
      const path = join(MAPS, `${hash('sha1', file)}.json`);
      mkdirSync(MAPS, { recursive: true });
      writeFileSync(path, compile(fileURLToPath(file)).map ?? '');
      super.set(source, path);
    }
    return super.get(source);
  }
}
const sourceMaps = new SourceMaps();

/** As much of Jest's runtime as `jest-runner` and `jest-circus` ask for. */
module.exports = class SharedRuntime {
  /**
   * @param {unknown} _config
   * @param {{ moduleMocker: Record<'fn' | 'spyOn' | 'restoreAllMocks', Function>, global: object }} environment
   */
  constructor(_config, environment) {
    this.mocker = environment.moduleMocker;
  }

  /** Everything is, or may be imported like, an ES module. */
  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** @param {string} path */
  async unstable_importModule(path) {
    await import(`${pathToFileURL(path).href}?run=${(runs += 1)}`);
  }

  /** The test framework, in its first state. @param {string} path */
  requireInternalModule(path) {
    delete (/** @type {Record<symbol, unknown>} */ (globalThis)[Symbol.for('EVENT_HANDLERS')]);
    delete require.cache[require.resolve(path)];
    return require(path);
  }

  /** @param {string} path */
  requireModule(path) {
    return require(path);
  }

  /** What `@jest/globals` gives to the spec file. @param {object} globals */
  setGlobalsForRuntime(globals) {
    const { mocker } = this;
    const jest = {
      fn: mocker.fn.bind(mocker),
      spyOn: mocker.spyOn.bind(mocker),
      restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
      setTimeout: (/** @type {number} */ limit) =>
        Object.assign(globalThis, { [Symbol.for('TEST_TIMEOUT_SYMBOL')]: limit }),
    };
    Object.assign(globalThis, { [Symbol.for('balcao.jest')]: { ...globals, jest } });
  }

  getSourceMaps() {
    return sourceMaps;
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  enterTestCode() {}

  leaveTestCode() {}

  teardown() {
    this.mocker.restoreAllMocks();
  }
};
