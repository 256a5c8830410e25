// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHECKS, chooseChecks } from '../src/checking/steps.mjs';

/** @param {string[]} names */
const chosen = (...names) => chooseChecks(names).map(({ name }) => name);

describe('the checks that are named', () => {
  it('are all where none is', () => assert.deepEqual(chooseChecks([]), CHECKS));

  it('are those of the name, and those whose first words it is', () => {
    const types = CHECKS.map(({ name }) => name).filter((name) => /^types( |$)/.test(name));
    assert.equal(types.length, 5);
    assert.deepEqual(chosen('types'), types);
    assert.deepEqual(chosen('types of', 'lint'), [...types.slice(1), 'lint']);
    assert.deepEqual(chosen('dead code'), ['dead code']);
  });

  it('are refused where one is unknown, also beside others', () => {
    assert.throws(() => chosen('lint', 'typ', 'code'), /There is no check "typ", "code"\./);
  });
});
