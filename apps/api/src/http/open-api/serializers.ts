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
export function serializeAsDocumented(fastify: FastifyInstance, document: Document): void {
  const answers = answersOf(document);
  fastify.addHook('onRoute', (route) => {
    const method = route.method === 'HEAD' ? 'get' : String(route.method).toLowerCase();
    for (const { status, schema, shape, write } of answers.get(`${method} ${route.url.replace(/:(\w+)/g, '{$1}')}`) ??
      []) {
      route.schema = { ...route.schema, response: { [status]: schema } };
      route.serializerCompiler = () => write;
      route.config = { ...route.config, shape } as BalcaoRouteConfig as never;
    }
  });
}

interface Answer {
  status: string;
  schema: object;
  /** Another one wherever the schema is another. */
  shape: string;
  write: (answer: unknown) => string;
}

/** What each route answers, by method and path. */
const answersOf = onceForEach(({ paths, components }: Document) => {
  const answers = new Map<string, Answer[]>();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      const own: Answer[] = [];
      for (const [status, response] of Object.entries(responses)) {
        const documented = 'content' in response && response.content?.[JSON_TYPE]?.schema;
        if (!documented) continue;
        const schema = writable(documented, components.schemas);
        own.push({ status, schema, shape: weakEtag(JSON.stringify(schema)), write: writerOf(schema) });
      }
      answers.set(`${method} ${path}`, own);
    }
  }
  return answers;
});

/**
 * Compiled by the first answer: most routes of most processes are asked seldom, and a start waits for none. A frozen answer,
 * which is kept to be given again as it is, is written once.
 */
function writerOf(schema: object): (answer: unknown) => string {
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
