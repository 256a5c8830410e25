/** The part of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  allOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: unknown;
  description?: string;
  example?: unknown;
  'x-other-name-of'?: string;
}

const FORMATS: Record<string, string> = {
  uuid: '01922222-0000-7000-8000-000000000001',
  'date-time': '2026-03-02T14:20:00.000Z',
  date: '2026-12-10',
};

/** A whole value of a schema, made of the examples of its members. */
export function exampleOf(schema: Schema, schemas: Record<string, Schema>): unknown {
  if (schema.example !== undefined) return schema.example;
  const [alternative] = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  const reference = schema.$ref ?? alternative?.$ref;
  if (reference) return exampleOf(schemas[reference.split('/').pop()!]!, schemas);
  if (schema.enum) return schema.enum[0];
  if (schema.format && FORMATS[schema.format]) return FORMATS[schema.format];
  if (schema.properties) {
    const omitted = schema.oneOf?.[1]?.required?.[0];
    const members = Object.entries(schema.properties).filter(([name]) => name !== omitted);
    return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, schemas)]));
  }
  const [type] = [schema.type ?? []].flat();
  if (type === 'array') return schema.items ? [exampleOf(schema.items, schemas)] : [];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'object') return {};
  return 'texto';
}
