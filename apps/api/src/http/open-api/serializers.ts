import type { FastifyInstance } from 'fastify';
import buildSerializer from 'fast-json-stringify';
import { onceForEach } from '@balcao/module-directory';
import { weakEtag, type BalcaoRouteConfig } from '@balcao/platform-http';
import type { Document } from './complete.js';
import type { Schema } from './examples.js';

const JSON_TYPE = 'application/json';

/**
 * Lets routes that are registered from now on write their answers as the document describes them: what is not documented
 * is not sent.
 */
export function serializeAsDocumented(fastify: FastifyInstance, { paths, components }: Document): void {
  fastify.addHook('onRoute', (route) => {
    const method = route.method === 'HEAD' ? 'get' : String(route.method).toLowerCase();
    const responses = paths[route.url.replace(/:(\w+)/g, '{$1}')]?.[method]?.responses ?? {};
    for (const [status, response] of Object.entries(responses)) {
      const schema = 'content' in response && response.content?.[JSON_TYPE]?.schema;
      if (!schema) continue;
      const written = writable(schema, components.schemas);
      route.schema = { ...route.schema, response: { [status]: written } };
      route.serializerCompiler = serializerOf;
      route.config = { ...route.config, shape: weakEtag(JSON.stringify(written)) } as BalcaoRouteConfig as never;
    }
  });
}

/**
 * Compiled by the first answer: most routes of most processes are asked seldom, and a start waits for none. A frozen answer,
 * which is kept to be given again as it is, is written once.
 */
function serializerOf({ schema }: { schema: object }): (answer: unknown) => string {
  let serialize: ((answer: unknown) => string) | undefined;
  const write = (answer: object) => (serialize ??= buildSerializer(schema as never))(answer);
  const writeOnce = onceForEach(write);
  return (answer) => (Object.isFrozen(answer) ? writeOnce : write)(answer as object);
}

/** The schema as the serializer reads it: no references, null as a mark, and no member that has to be there. */
function writable(schema: Schema, schemas: Record<string, Schema>): object {
  if (schema.$ref) return writable(schemas[schema.$ref.split('/').pop()!]!, schemas);
  const alternatives = [schema.anyOf ?? [], schema.allOf ?? []].flat().filter(({ type }) => type !== 'null');
  if (alternatives.length === 1) return { ...writable(alternatives[0]!, schemas), nullable: true };
  const [type, ...others] = [schema.type ?? []].flat();
  const marks = others.includes('null') ? { nullable: true } : {};
  if (type === 'array' && schema.items) return { ...marks, type, items: writable(schema.items, schemas) };
  if (schema.properties) {
    const members = Object.entries(schema.properties).map(([name, member]) => [name, writable(member, schemas)]);
    return { ...marks, type: 'object', properties: Object.fromEntries(members) as object };
  }
  // Whatever it is: written as it stands.
  if (type === undefined || type === 'object' || type === 'array') return {};
  return { ...marks, type, ...(schema.format === 'date-time' ? { format: schema.format } : {}) };
}
