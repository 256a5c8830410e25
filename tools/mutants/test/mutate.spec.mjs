// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { transform } from '@swc/core';
import { mutate, withoutTerms } from '../src/mutate.mjs';

/** What stands instead, of every mutant of a text. @param {string} text */
const instead = (text) => mutate('guard.ts', text).mutants.map(({ to }) => to.replace(/\s+/g, ' ').trim());

/**
 * A function's answer with each of its mutants awake, and with none of them.
 * @param {string} text of a module whose default export is called with `given` @param {unknown[]} given
 */
async function answers(text, ...given) {
  const { code, mutants } = mutate('guard.ts', text);
  const compiled = await transform(code, { jsc: { parser: { syntax: 'typescript' } }, module: { type: 'es6' } });
  const awake = /** @type {any} */ (globalThis);
  awake.__mutant = () => false;
  const url = `data:text/javascript,${encodeURIComponent(compiled.code)}`;
  const { default: work } = await import(url);
  const call = () => {
    try {
      return work(...given);
    } catch (error) {
      return `refused: ${error instanceof Error ? error.message : error}`;
    }
  };
  const before = call();
  const changed = mutants.map(({ id }) => {
    awake.__mutant = (/** @type {string} */ other) => other === id;
    return [id.replace('guard.ts: ', ''), call()];
  });
  return { before, after: Object.fromEntries(changed) };
}

describe('a guard', () => {
  const GUARD = `export default function guard(age: number, name?: string) {
    if (age < 18 || !name) throw new Error('no');
    return 'in';
  }`;

  it('is broken in each of its parts, and whole while all mutants are asleep', async () => {
    const { before, after } = await answers(GUARD, 18, 'Ana');
    assert.equal(before, 'in');
    assert.deepEqual(after, {
      'guard: its body -> nothing': undefined,
      'guard: age < 18 || !name -> true': 'refused: no',
      'guard: age < 18 || !name -> false': 'in',
      'guard: age < 18 || !name -> age < 18': 'in',
      'guard: age < 18 || !name -> !name': 'in',
      'guard: age < 18 -> age <= 18': 'refused: no',
      'guard: age < 18 -> age >= 18': 'refused: no',
      'guard: !name -> name': 'refused: no',
    });
    const { after: young } = await answers(GUARD, 17, 'Ana');
    assert.equal(young['guard: age < 18 || !name -> false'], 'in');
    assert.equal(young['guard: age < 18 || !name -> !name'], 'in');
  });

  it('keeps its else where the statement before it is left out', async () => {
    const text = `export default (yes: boolean) => {
      const done: string[] = [];
      if (yes) done.push('yes'); else done.push('no');
      return done.join();
    }`;
    const { before, after } = await answers(text, true);
    assert.equal(before, 'yes');
    assert.equal(after["done.push('yes'); -> nothing"], '');
    assert.equal(after["done.push('no'); -> nothing"], 'yes');
  });

  it('is named by where it stands and not by its line', () => {
    const ids = (/** @type {string} */ text) => mutate('guard.ts', text).mutants.map(({ id }) => id);
    assert.deepEqual(ids(GUARD), ids(`// moved\n\n${GUARD}`));
    assert.equal(new Set(ids(`${GUARD.replace('return', "if (!name) throw new Error('no'); return")}`)).size, 10);
  });
});

describe('mutants', () => {
  it('leave out statements, facts, members of a search, anchors and filters', () => {
    assert.deepEqual(instead('await limits.spend(ip);'), ['']);
    assert.deepEqual(instead('sign([id, purpose]);'), ['', '[purpose]', '[id]']);
    assert.deepEqual(instead('const x = rows.findOneBy({ id, portalId });'), ['{ portalId }', '{ id }']);
    assert.deepEqual(instead('const x = rows.find({ where: { id } });'), ['{ }']);
    assert.deepEqual(instead('const x = /^a$/;'), ['/a$/', '/^a/']);
    assert.deepEqual(instead('const x = all.filter(mine);'), ['all']);
    assert.deepEqual(instead('const x = all.some(mine);'), ['all.every(mine)']);
  });

  it('touch neither types nor decorators nor what is imported', () => {
    const text =
      "import { a } from 'b';\ntype Yes = true;\ninterface I { no: false }\n@Guard(true)\nclass C { x?: true; }";
    assert.deepEqual(instead(text), []);
    assert.equal(mutate('guard.ts', text).code, text);
  });
});

describe('conditions of SQL', () => {
  it('are left out one at a time', () => {
    assert.deepEqual(
      withoutTerms("select 1 from t where a = 'x and y' and (b > 1 or c in (1, 2)) order by d").map((one) =>
        one.slice(22),
      ),
      [
        '(true)  and (b > 1 or c in (1, 2)) order by d',
        "a = 'x and y' and (true)  order by d",
        "a = 'x and y' and ( false  or c in (1, 2)) order by d",
        "a = 'x and y' and (b > 1 or false ) order by d",
      ],
    );
  });

  it('of joins, of policies and of functions too, with `between` as one', () => {
    const count = (/** @type {string} */ text) => withoutTerms(text).length;
    assert.equal(count('update t set x = 1 from u join v on v.id = u.id where d between 1 and 2 and e'), 3);
    assert.equal(count('alter policy p on t using (a = b) with check (a = b)'), 2);
    assert.equal(count('alter policy p on t using ((a = b) and (c = d))'), 3);
    const whole = 'create or replace function f() as $function$ delete from t where a = b $function$';
    assert.deepEqual(withoutTerms(whole), [whole.replace(' a = b', ' (true) ')]);
    assert.equal(count('begin if not found then return; end if; end'), 1);
    assert.equal(count('insert into t values (1) on conflict (id) do nothing'), 0);
    assert.equal(count('select 1 -- where nobody looks and nothing counts'), 0);
  });
});
