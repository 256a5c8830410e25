import { afterAll, describe, expect, it } from '@jest/globals';
import { FIELD_ERRORS, type FieldErrorCode } from '@balcao/contracts';
import { badValuesFor, fieldsOf, withField, type BadValue, type Field } from '../../support/bad-values.js';
import { signInActors } from '../../support/actors.js';
import { callerOf, leastBodyOf } from '../../support/callers.js';
import { openApiOf, resolve, type Schema } from '../../support/open-api.js';
import { operationsOf, pathOf } from '../../support/operations.js';
import { changedTables, tableContents } from '../../support/table-contents.js';
import { startTestApp } from '../../support/test-app.js';

// Generated from the documented limits: a field without a documented limit has none here, so the first test asks for them.
const LONGEST_BODY = 256 * 1024;
/** Characters of values that are sent beside others. */
const SHORT = 400;

const api = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const actors = await signInActors(api);
const withBody = operationsOf(api.routes, document).filter(({ body }) => body);
const untouched = await tableContents(api.owner);

describe.each(withBody.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  const caller = callerOf(api, actors, operation);
  const least = leastBodyOf(document, operation);
  const fields = fieldsOf(document, operation.body!.schema);

  /** What is wrong with the answer to a body that one field makes unacceptable. */
  async function complaint(why: string, path: string, body: unknown): Promise<string[]> {
    const response = await caller.request(operation.method, pathOf(operation), body as object);
    const { code, errors } = response.body as { code?: string; errors?: FieldError[] };
    // A text that is longer than any body is refused before it is read.
    if (JSON.stringify(body).length > LONGEST_BODY && response.status === 413 && code === 'body_too_large') return [];
    const refused =
      response.status === 400 &&
      response.headers['content-type'] === 'application/problem+json; charset=utf-8' &&
      code === 'validation_failed' &&
      errors?.some((error) => error.path === path) &&
      errors.every(isWorded);
    return refused ? [] : [`${path} ${why} answered ${response.status} ${response.text.slice(0, 300)}`];
  }

  it('documents a limit for every field', () => {
    const unlimited = fields.filter(({ schema }) => !isLimited(resolve(document, schema))).map(({ path }) => path);
    expect(unlimited).toEqual([]);
  });

  it('refuses a bad value of every field', async () => {
    const complaints: string[] = [];
    for (const values of rounds(fields)) {
      const bodies = values.map(
        ({ path, value }) =>
          (body: object) =>
            withField(body as never, path, value),
      );
      const together = bodies.reduce((body: object, put) => put(body), least);
      const { status, body } = await caller.request(operation.method, pathOf(operation), together);
      const named = new Set(status === 400 ? (body as { errors?: FieldError[] }).errors?.map(({ path }) => path) : []);
      // Whoever is not named beside the others is asked about alone, as is each first one, whose answer is read whole.
      for (const [index, { path, why, value }] of values.entries()) {
        if (index > 0 && named.has(path)) continue;
        const what = `${why} (${JSON.stringify(value)?.slice(0, 60)})`;
        complaints.push(...(await complaint(what, path, bodies[index]!(least))));
      }
    }
    expect(complaints).toEqual([]);
  });

  it('refuses a field that nobody knows', async () => {
    const objects = fields.flatMap(({ path, schema }) => {
      const { properties, items } = resolve(document, schema);
      if (properties) return [`${path}.`];
      return items && resolve(document, items).properties ? [`${path}.0.`] : [];
    });
    for (const parent of ['', ...objects]) {
      const path = `${parent}surprise`;
      expect(await complaint('unknown', path, withField(least, path, 1))).toEqual([]);
    }
  });
});

it('has changed nothing', async () => {
  expect(changedTables(untouched, await tableContents(api.owner))).toEqual([]);
});

/**
 * What the fields must refuse, one value of each field at a time: of lists and objects, whose value replaces fields within them,
 * and of long texts, each by itself.
 */
function rounds(fields: readonly Field[]): (BadValue & { path: string })[][] {
  const together: (BadValue & { path: string })[][] = [];
  const alone: (BadValue & { path: string })[][] = [];
  for (const field of fields) {
    const { path } = field;
    const values = badValuesFor(document, field).map((bad) => ({ ...bad, path }));
    const isOuter = fields.some((other) => other.path.startsWith(`${path}.`));
    const isLong = ({ value }: BadValue) => (JSON.stringify(value)?.length ?? 0) > SHORT;
    alone.push(...values.filter((bad) => isOuter || isLong(bad)).map((bad) => [bad]));
    const short = isOuter ? [] : values.filter((bad) => !isLong(bad));
    for (const [index, bad] of short.entries()) (together[index] ??= []).push(bad);
  }
  return [...together, ...alone];
}

interface FieldError {
  path: string;
  code: FieldErrorCode;
  params?: object;
}

/** Whether the catalogue has the rule, and everything that its text names is known. */
function isWorded({ code, params = {} }: FieldError): boolean {
  const text = FIELD_ERRORS[code]['en-US'];
  return [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => name! in params);
}

function isLimited(schema: Schema): boolean {
  if (schema.enum || schema.properties || schema.maxLength || schema.format === 'uuid' || schema.format === 'date')
    return true;
  const type = [schema.type].flat()[0];
  if (type === 'array') return schema.maxItems !== undefined && isLimited(resolve(document, schema.items!));
  return type === 'boolean' || schema.maximum !== undefined;
}
