import { exampleObject, resolve, type OpenApiDocument, type Schema } from './open-api.js';

/** A field of a body that names a row by its id, however deep it stands. */
export interface Reference {
  /** Steps to it: `roleId`, `settings.roleId`, `roleIds[]`, `people[].roleId`. */
  path: string;
  /** The name by which route-rows.ts knows what it names. */
  field: string;
}

/** Every field of a body that names a row. */
export function referencesIn(document: OpenApiDocument, schema: Schema, parent = ''): Reference[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = parent + name;
    const value = resolve(document, property);
    const item = value.items && resolve(document, value.items);
    if (value.format === 'uuid') return [{ path, field: name }];
    if (item?.format === 'uuid') return [{ path: `${path}[]`, field: name }];
    return [...referencesIn(document, value, `${path}.`), ...(item ? referencesIn(document, item, `${path}[].`) : [])];
  });
}

/** The body with one reference replaced; objects and lists on the way are made from their schema's examples. */
export function withReference(
  document: OpenApiDocument,
  schema: Schema,
  body: Record<string, unknown>,
  path: string,
  id: string,
): Record<string, unknown> {
  const [step = '', ...rest] = path.split('.');
  const name = step.replace('[]', '');
  const value = resolve(document, schema.properties![name]!);
  if (rest.length === 0) return { ...body, [name]: step === name ? id : [id] };
  const inner = step === name ? value : resolve(document, value.items!);
  const given = step === name ? body[name] : (body[name] as unknown[] | undefined)?.[0];
  const object = (given ?? exampleObject(document, inner, inner.required ?? [])) as Record<string, unknown>;
  const changed = withReference(document, inner, object, rest.join('.'), id);
  return { ...body, [name]: step === name ? changed : [changed] };
}
