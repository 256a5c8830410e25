// @ts-check
// As much of Jest as the specs ask for, able to run the same test again and again in one process.
import { format } from 'node:util';
import { expect } from 'expect';
import { ModuleMocker } from 'jest-mock';

/**
 * @typedef {() => unknown} Work
 * @typedef {{ name: string, parent?: Suite, beforeAll: Work[], afterAll: Work[], beforeEach: Work[], afterEach: Work[] }} Suite
 * @typedef {{ name: string, suite: Suite, work: Work }} Test
 */

/** @returns {Suite} */
const suiteOf = (name = '', /** @type {Suite | undefined} */ parent = undefined) => ({
  name,
  parent,
  beforeAll: [],
  afterAll: [],
  beforeEach: [],
  afterEach: [],
});
let current = suiteOf();
/** @type {Test[]} */
let tests = [];

/** @template {Function} F @param {F} declare */
const withEach = (declare) =>
  Object.assign(declare, {
    each: (/** @type {unknown[]} */ rows) => (/** @type {string} */ name, /** @type {Function} */ work) =>
      rows.forEach((row) => {
        const values = Array.isArray(row) ? row : [row];
        declare(format(name, ...values), () => work(...values));
      }),
  });

export const describe = withEach((/** @type {string} */ name, /** @type {Work} */ work) => {
  const outer = current;
  current = suiteOf(outer.name ? `${outer.name} ${name}` : name, outer);
  work();
  current = outer;
});
export const it = withEach((/** @type {string} */ name, /** @type {Work} */ work) => {
  tests.push({ name: `${current.name} ${name}`.trim(), suite: current, work });
});
export const test = withEach((/** @type {string} */ name, /** @type {Work} */ work) => it(name, work));
export const beforeAll = (/** @type {Work} */ work) => void current.beforeAll.push(work);
export const afterAll = (/** @type {Work} */ work) => void current.afterAll.unshift(work);
export const beforeEach = (/** @type {Work} */ work) => void current.beforeEach.push(work);
export const afterEach = (/** @type {Work} */ work) => void current.afterEach.unshift(work);
export { expect };
const mocker = new ModuleMocker(globalThis);
export const jest = {
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
  restoreAllMocks: () => mocker.restoreAllMocks(),
  setTimeout() {},
};

/** Loads a spec file anew, begins it, and leaves it open. @param {string} url */
export async function openSpec(url) {
  [current, tests] = [suiteOf(), []];
  const root = current;
  await import(url);
  const found = tests;
  try {
    for (const work of root.beforeAll) await work();
  } catch (error) {
    await closeAll(root);
    throw error;
  }
  return { tests: found, close: () => closeAll(root) };
}

/** @param {Suite} suite */
async function closeAll(suite) {
  for (const work of suite.afterAll)
    await Promise.resolve()
      .then(work)
      .catch(() => {});
}

/** @param {Suite} suite @returns {Suite[]} the file itself first */
const around = (suite) => [...(suite.parent ? around(suite.parent) : []), suite];

/**
 * Runs tests in their order until one fails.
 * @param {Test[]} chosen @param {(test: Test) => number} limitMs @param {(test: Test, ms: number) => void} [passed]
 * @returns {Promise<{ test: Test, error: unknown, late: boolean } | undefined>}
 */
export async function runTests(chosen, limitMs, passed = () => {}) {
  /** @type {Suite[]} */
  let open = [];
  const leave = async (/** @type {Suite[]} */ next) => {
    for (const suite of [...open].reverse()) if (!next.includes(suite)) await closeAll(suite);
  };
  for (const test of chosen) {
    const began = performance.now();
    const suites = around(test.suite).slice(1);
    let late = false;
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    try {
      await leave(suites);
      const entered = suites.filter((suite) => !open.includes(suite));
      open = suites;
      const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(((late = true), 'too late'))), limitMs(test));
      });
      await Promise.race([limit, once(test, entered)]);
      passed(test, performance.now() - began);
    } catch (error) {
      return (await leave([]), { test, error, late });
    } finally {
      clearTimeout(timer);
    }
  }
  await leave([]);
  return undefined;
}

/** @param {Test} test @param {Suite[]} entered */
async function once(test, entered) {
  for (const suite of entered) for (const work of suite.beforeAll) await work();
  const all = around(test.suite);
  try {
    for (const suite of all) for (const work of suite.beforeEach) await work();
    await test.work();
  } finally {
    for (const suite of [...all].reverse()) for (const work of suite.afterEach) await work();
  }
}
