import type { Visitor } from './visitor.js';

/** The part of JSON Schema that request bodies and parameters of the API use. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  allOf?: Schema[];
  example?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
  example?: unknown;
}

interface DocumentedOperation {
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, unknown>;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema> };
}

export async function openApiOf(visitor: Visitor): Promise<OpenApiDocument> {
  return (await visitor.get('/api/openapi.json').expect(200)).body as OpenApiDocument;
}

/** The schema that a reference, or the only real alternative of a nullable one, stands for. */
export function resolve(document: OpenApiDocument, schema: Schema): Schema {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref ?? schema.anyOf?.find(({ $ref }) => $ref)?.$ref;
  if (!reference) return schema;
  const found = document.components.schemas[nameOf(reference)];
  if (!found) throw new Error(`The OpenAPI document has no ${reference}`);
  return found;
}

export const nameOf = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1);

export function typesOf({ type }: Schema): string[] {
  return [type ?? []].flat();
}

/** A value that a field accepts: its example, or one made from its limits. */
export function exampleOf(document: OpenApiDocument, schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  const resolved = resolve(document, schema);
  if (resolved.enum) return resolved.enum[0];
  if (resolved.properties) return exampleObject(document, resolved, Object.keys(resolved.properties));
  const [type] = typesOf(resolved);
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return resolved.minimum ?? 1;
  if (type === 'array') return [];
  if (type === 'string' && !resolved.pattern && !resolved.format) return 'x'.repeat(resolved.minLength ?? 1);
  throw new Error(`Give this field an example in its decorator: ${JSON.stringify(schema)}`);
}

export function exampleObject(document: OpenApiDocument, schema: Schema, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, exampleOf(document, schema.properties![name]!)]));
}
