// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openSpec, runTests } from '../src/jest.mjs';

const JEST = new URL('../src/jest.mjs', import.meta.url).href;
/** A spec file that writes down what it does. @param {string} body */
const spec = (body) =>
  `data:text/javascript,${encodeURIComponent(`import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '${JEST}';
  const log = (globalThis.log = []); ${body} // ${Math.random()}`)}`;
const log = () => /** @type {any} */ (globalThis).log.splice(0).join(' ');
const limit = () => 1_000;

it('runs a file’s beginning once and its tests as often as they are asked for', async () => {
  const opened = await openSpec(
    spec(`beforeAll(() => log.push('open')); afterAll(() => log.push('close')); beforeEach(() => log.push('each'));
    it('a', () => log.push('a'));
    describe('in', () => {
      beforeAll(() => log.push('enter')); afterAll(() => log.push('leave')); afterEach(() => log.push('after'));
      it.each([['x', 1], ['y', 2]])('%s is %d', (name, n) => log.push(name + n));
    });`),
  );
  assert.deepEqual(
    opened.tests.map(({ name }) => name),
    ['a', 'in x is 1', 'in y is 2'],
  );
  assert.equal(await runTests(opened.tests, limit), undefined);
  assert.equal(log(), 'open each a enter each x1 after each y2 after leave');
  assert.equal(await runTests(opened.tests.slice(2), limit), undefined);
  assert.equal(log(), 'enter each y2 after leave');
  await opened.close();
  assert.equal(log(), 'close');
});

it('ends at the first test that fails, and tells why', async () => {
  const opened = await openSpec(
    spec(`it('good', () => {}); it('bad', () => expect(1).toBe(2)); it('late', () => log.push('never'));`),
  );
  const failure = await runTests(opened.tests, limit);
  assert.equal(failure?.test.name, 'bad');
  assert.match(String(failure?.error), /Expected: .*2/s);
  assert.deepEqual([failure?.late, log()], [false, '']);
});

it('waits for no test without end', async () => {
  const opened = await openSpec(spec(`it('stuck', () => new Promise(() => {}));`));
  const failure = await runTests(opened.tests, () => 50);
  assert.deepEqual([failure?.test.name, failure?.late], ['stuck', true]);
});
