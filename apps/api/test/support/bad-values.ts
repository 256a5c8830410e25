import { resolve, typesOf, type OpenApiDocument, type Schema } from './open-api.js';

/** A value that a field must refuse, and why. */
export interface BadValue {
  why: string;
  value: unknown;
}

/** One field of a body, however deep it stands. */
export interface Field {
  /** As `errors[].path` names it. */
  path: string;
  schema: Schema;
  required: boolean;
}

/** Every field of a request, nested ones behind a dot, those of a list's items behind the place of its first. */
export function fieldsOf(document: OpenApiDocument, schema: Schema, parent = ''): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = parent ? `${parent}.${name}` : name;
    const resolved = resolve(document, property);
    const item = resolved.items && resolve(document, resolved.items);
    const nested = resolved.properties
      ? fieldsOf(document, resolved, path)
      : item?.properties
        ? fieldsOf(document, item, `${path}.0`)
        : [];
    return [{ path, schema: property, required: schema.required?.includes(name) ?? false }, ...nested];
  });
}

/** What a field must refuse by its documented limits. */
export function badValuesFor(document: OpenApiDocument, field: Field): BadValue[] {
  const schema = resolve(document, field.schema);
  const nullable = typesOf(schema).includes('null') || field.schema.anyOf?.some(({ type }) => type === 'null');
  const [type] = schema.properties ? ['object'] : typesOf(schema);
  return [
    ...(field.required ? [{ why: 'missing', value: undefined }] : []),
    ...(nullable ? [] : [{ why: 'null', value: null }]),
    ...(type === 'string' ? badStrings(schema) : []),
    ...(type === 'integer' || type === 'number' ? badNumbers(schema) : []),
    ...(type === 'boolean' ? bad('of another type', 'true', 1, 0, {}, []) : []),
    ...(type === 'array' ? badLists(schema) : []),
    ...(type === 'object' ? bad('of another type', 'text', 5, true, [], [{}]) : []),
  ];
}

const bad = (why: string, ...values: unknown[]): BadValue[] => values.map((value) => ({ why, value }));

function badStrings(schema: Schema): BadValue[] {
  const { minLength, maxLength, pattern, format } = schema;
  if (schema.enum)
    return bad('not in the list', 42, {}, ['x'], '', 'nonsense', String(schema.enum[0]).toUpperCase() + ' ');
  const fitting = FITTING[format ?? ''] ?? ((length: number) => 'x'.repeat(length));
  return [
    ...bad('of another type', 42, true, {}, [], ['x']),
    ...bad('with a NUL byte', `${fitting(12)}\u0000`),
    ...(maxLength && maxLength <= 320 && !format
      ? bad('with a line break', 'a\r\nBcc: b@example.com'.slice(0, maxLength), 'a\nb'.slice(0, maxLength))
      : []),
    ...bad('with a lone surrogate', `${fitting(12)}\ud800`),
    ...(format ? bad('not of its format', ...NOT_OF_FORMAT[format]!) : []),
    ...(pattern
      ? bad('not of its pattern', ...['É assim!', 'a/b', '../a', 'A B'].filter((text) => !RegExp(pattern).test(text)))
      : []),
    ...(maxLength ? bad('too long', fitting(maxLength + 1), fitting(2 * maxLength + 10_240)) : []),
    ...(minLength ? bad('too short', fitting(minLength - 1)) : []),
  ];
}

/** Texts of a length that would be right otherwise. */
const FITTING: Record<string, (length: number) => string> = {
  email: (length) => `${'a'.repeat(Math.max(0, length - 12))}@example.com`.slice(-Math.max(length, 0) || 1),
  uri: (length) => `https://example.com/${'x'.repeat(Math.max(0, length - 20))}`,
};

const NOT_OF_FORMAT: Record<string, string[]> = {
  email: ['nobody', '@example.com', 'a@', 'a b@example.com', 'a@example.com\nbcc: b@example.com', "a'--@"],
  uri: [
    'example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com/',
    'https://a:b@example.com/',
    '//example.com',
  ],
  uuid: ['', 'nonsense', '01922222', "' or 1=1 --", '01922222-0000-7000-8000-00000000000g'],
  password: [],
  date: ['', 'nonsense', '2026-02-30', '2026-2-1', '0000-01-01', '2026-01-01T00:00:00Z'],
};

function badNumbers({ minimum, maximum }: Schema): BadValue[] {
  return [
    ...bad('of another type', '1', 'x', true, {}, [1]),
    ...bad('no whole number', 1.5),
    ...(minimum === undefined ? [] : bad('too small', minimum - 1, -1_000_000_000_000)),
    ...(maximum === undefined ? [] : bad('too large', maximum + 1, 1e21)),
  ];
}

function badLists({ items, minItems, maxItems, uniqueItems }: Schema): BadValue[] {
  if (items?.type === 'integer') return badListsOfNumbers(items, { maxItems, uniqueItems });
  const good = items?.enum?.[0] ?? (items?.pattern ? 'padaria.example' : 'roteador');
  return [
    ...bad('of another type', 'text', 5, { 0: good }),
    ...bad('with an item of another type', [5], [null], [[good]], ...(items?.$ref ? [] : [[{}]])),
    ...(minItems ? bad('too short', []) : []),
    ...(maxItems
      ? bad(
          'too long',
          Array.from({ length: maxItems + 1 }, (_, index) => `${good}${index}`),
        )
      : []),
    ...(uniqueItems ? bad('with a repetition', [good, good]) : []),
    ...(items?.enum ? bad('with an item that is not in the list', ['nonsense']) : []),
    ...(items?.maxLength ? bad('with an item too long', ['x'.repeat(items.maxLength + 1)]) : []),
    ...(items?.minLength ? bad('with an empty item', ['']) : []),
    ...(items?.pattern ? bad('with an item not of its pattern', ['É assim!']) : []),
    ...(items?.enum ? [] : bad('with a broken text', [`${good}\u0000`], [`${good}\ud800`])),
  ];
}

function badListsOfNumbers(items: Schema, { maxItems = 0, uniqueItems }: Schema): BadValue[] {
  const good = items.minimum ?? 0;
  return [
    ...bad('of another type', 'text', 5, { 0: good }),
    ...bad('with an item of another type', ['x'], [String(good)], [null], [[good]], [{}], [1.5]),
    ...bad(
      'too long',
      Array.from({ length: maxItems + 1 }, (_, index) => good + index),
    ),
    ...(uniqueItems ? bad('with a repetition', [good, good]) : []),
    ...bad('with an item too small or too large', [good - 1], [(items.maximum ?? 0) + 1]),
  ];
}

/** A body with one field replaced, or left out where the value is undefined; objects on the way are made, lists are not. */
export function withField(body: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...body, [name]: value };
  const list = body[name];
  if (Array.isArray(list)) {
    const [place = '', ...inner] = rest;
    const item = withField(list[Number(place)] as Record<string, unknown>, inner.join('.'), value);
    return { ...body, [name]: list.with(Number(place), item) };
  }
  return { ...body, [name]: withField((body[name] ?? {}) as Record<string, unknown>, rest.join('.'), value) };
}
