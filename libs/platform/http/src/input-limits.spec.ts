import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@balcao/platform-errors';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { EmailField, ObjectListField, TextField, UuidListField } from './dto/fields.js';
import { createValidationPipe } from './dto/validation.pipe.js';
import { INPUT_LIMITS, demandFewParameters, parseJson } from './input-limits.js';

const { depth, members, values, parameters } = INPUT_LIMITS;

class Person {
  @EmailField({ description: 'E-mail' }) email: string;
  @TextField({ description: 'Name', max: 255 }) name: string;
}

class Batch {
  @TextField({ description: 'Note', max: 20_000, optional: true }) note?: string;
  @UuidListField({ description: 'Ids', maxItems: 100, optional: true }) ids?: string[];
  @ObjectListField({ description: 'People', type: () => Person, minItems: 1, maxItems: 200 }) people: Person[];
}

const pipe = createValidationPipe();
const people = (count: number) => ({
  people: Array.from({ length: count }, (_each, index) => ({ email: `person${index}@x.example`, name: 'Ana' })),
});

/** What a request's body goes through before its handler. */
async function receive(text: string): Promise<unknown> {
  return pipe.transform(parseJson(text), { type: 'body', metatype: Batch });
}

async function refusalOf(work: () => unknown): Promise<[code: string, rule: string | undefined, errors: number]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof DomainError) return [error.code, error.fields[0]?.code, error.fields.length];
    throw error;
  }
  throw new Error('It was accepted');
}

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const flat = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i])));
const list = (count: number, item: unknown) => JSON.stringify({ people: Array.from({ length: count }, () => item) });

describe('a body', () => {
  it('may be as deep, as wide and as long as the limits say', () => {
    expect(parseJson(nested(depth))).toBeDefined();
    expect(parseJson(`[${Array.from({ length: 2 * depth }, () => '[]').join(',')}]`)).toHaveLength(2 * depth);
    expect(parseJson(flat(members))).toHaveProperty('k0', 0);
    expect(parseJson(JSON.stringify(Array.from({ length: values }, () => 1)))).toHaveLength(values);
    expect(parseJson(`"${'[{,'.repeat(values)}\\"${'[{,'.repeat(values)}"`)).toHaveLength(6 * values + 1);
  });

  it.each([
    ['too deep', nested(depth + 1), 'maxDepth'],
    ['too deep, of objects', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`, 'maxDepth'],
    ['deep below a list', `[${'1,'.repeat(50)}${nested(depth)}]`, 'maxDepth'],
    ['of too many members', flat(members + 1), 'maxMembers'],
    ['of one member too often', `{${Array.from({ length: members + 1 }, () => '"a":1').join(',')}}`, 'maxMembers'],
    ['of many objects of few members', list(values, { a: 1 }), 'maxValues'],
    ['of a list too long', list(120_000, 'x'), 'maxValues'],
    ['that ends within a text', '{"a":"b', undefined],
    ['that ends behind a backslash', '{"a":"b\\', undefined],
  ])('%s is refused', async (_what, text, rule) => {
    expect(await refusalOf(() => parseJson(text))).toEqual(['malformed_body', rule, rule ? 1 : 0]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'names no member %s, which every object has',
    async (name) => {
      for (const spelling of [name, `\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}`]) {
        expect((await refusalOf(() => parseJson(`{"people":[{"${spelling}":{}}]}`)))[0]).toBe('malformed_body');
      }
    },
  );

  it('of two hundred people with some fields each passes', async () => {
    expect(await receive(JSON.stringify(people(200)))).toMatchObject(people(200));
  });

  it('names at most twenty of its faults, each in few words', async () => {
    expect(await refusalOf(() => receive(flat(members)))).toEqual(['validation_failed', 'whitelistValidation', 20]);
    const long = receive(JSON.stringify({ ...people(1), ['x'.repeat(50_000)]: 1 }));
    const { fields } = (await long.catch((error: DomainError) => error)) as DomainError;
    expect(fields.map(({ path }) => path.length)).toEqual([100]);
  });

  it('of a list beyond its limit is refused for that alone', async () => {
    expect(await refusalOf(() => receive(list(1_000, {})))).toEqual(['validation_failed', 'arrayMaxSize', 1]);
  });
});

describe('a query', () => {
  it('has at most a hundred parameters', async () => {
    expect(() => demandFewParameters(`/x?${'a=1&'.repeat(parameters - 1)}a=1`)).not.toThrow();
    expect(() => demandFewParameters(`/${'&'.repeat(500)}`)).not.toThrow();
    const refused = await refusalOf(() => demandFewParameters(`/x?${'a&'.repeat(parameters)}a`));
    expect(refused).toEqual(['malformed_request', 'maxParameters', 1]);
  });
});

describe('what four times as much costs is in proportion', () => {
  const tried = (text: string) => receive(text).catch(() => undefined);

  it.each<[what: string, make: (size: number) => string, size: number]>([
    ['members', flat, 7_000],
    ['members that are accepted', flat, members / 4],
    [
      'members with the names of numbers',
      (size) => JSON.stringify(Object.fromEntries(Array.from({ length: size }, (_, i) => [i, 1]))),
      7_000,
    ],
    ['levels', nested, 30_000],
    ['levels of objects', (size) => `${'{"a":'.repeat(size)}1${'}'.repeat(size)}`, 10_000],
    ['items', (size) => list(size, 1), 30_000],
    [
      'items that are accepted',
      (size) => JSON.stringify({ ids: Array.from({ length: size }, (_, i) => `id${i}`) }),
      500,
    ],
    ['objects', (size) => list(size, {}), 150],
    ['objects that are refused', (size) => list(size, { a: 1 }), 5_000],
    ['people', (size) => JSON.stringify(people(size)), 50],
    ['objects of many members', (size) => list(size, JSON.parse(flat(20))), 25],
    ['characters', (size) => JSON.stringify({ note: 'a '.repeat(size) }), 30_000],
    ['escapes', (size) => JSON.stringify({ note: '"\\'.repeat(size) }), 15_000],
    [
      'letters of an address',
      (size) => JSON.stringify({ people: [{ email: `${'a.'.repeat(size)}@x`, name: '' }] }),
      30_000,
    ],
    ['spaces', (size) => `{"note":${' '.repeat(size)}1}`, 60_000],
    ['quotation marks', (size) => '"'.repeat(size), 60_000],
    ['digits', (size) => `{"note":${'1'.repeat(size)}}`, 60_000],
  ])('of %s', async (_what, make, size) => {
    expect(await costRatio(tried, make(size), make(4 * size))).toBeLessThan(IN_PROPORTION);
  });
});
