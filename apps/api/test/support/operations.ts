import type { AccessRule, RegisteredRoute } from '@balcao/platform-http';
import { exampleObject, nameOf, resolve, type OpenApiDocument, type Parameter, type Schema } from './open-api.js';
import { referencesIn, withReference, type Reference } from './references.js';
import { BODY_COMPLETIONS, QUERY_COMPLETIONS, pathRow, referencedRow, type Side } from './route-rows.js';

/** A route of the API that declares for whom it is, with what its documentation says of its input. */
export interface Operation {
  /** Method and path, for the names of tests. */
  name: string;
  method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';
  url: string;
  access: AccessRule;
  query: Parameter[];
  body?: { name: string; schema: Schema };
  /** How long its body may be, in bytes. */
  longestBody: number;
  /** Whether it takes a file instead. */
  takesFile: boolean;
}

/** Of most routes, as `docs/operations.md` has it. */
const LONGEST_BODY = 256 * 1024;

/** By which a parameter of the query is known that names rows, as `UuidsParameter` documents it. */
const ROWS_IN_QUERY = '^[0-9a-fA-F-]{36}(?:,[0-9a-fA-F-]{36})*$';

/** Every route with an access rule. @throws Error for one that the OpenAPI document does not know */
export function operationsOf(routes: RegisteredRoute[], document: OpenApiDocument): Operation[] {
  return routes.flatMap(({ method, url, config }) => {
    if (!config.access) return [];
    const lower = method.toLowerCase() as Operation['method'];
    const path = document.paths[url.replace(/:(\w+)/g, '{$1}')];
    const documented = path?.[lower === 'head' ? 'get' : lower];
    if (!documented) throw new Error(`${method} ${url} is missing in the OpenAPI document`);
    const reference = documented.requestBody?.content['application/json']?.schema.$ref;
    return [
      {
        name: `${method} ${url}`,
        method: lower,
        url,
        access: config.access,
        longestBody: config.longBody?.bytes ?? LONGEST_BODY,
        takesFile: config.takesFile !== undefined,
        query: documented.parameters?.filter((parameter) => parameter.in === 'query') ?? [],
        body: reference ? { name: nameOf(reference), schema: resolve(document, { $ref: reference }) } : undefined,
      },
    ];
  });
}

export const isUnsafe = ({ method }: Operation) => method !== 'get' && method !== 'head';

/** Whether only the address says whose the answer is: without a session, and not by a domain in the path. */
export const isOfAddress = ({ access, method, url }: Operation) =>
  access.audience === 'portal' && access.kind === 'public' && /^(get|head)$/.test(method) && !url.endsWith('/:domain');

/** What whoever has the link of an invoice or of a proposal asks for, of whom nothing else is known. */
export const isOfLink = ({ url }: Operation) => /\/(?:payment|proposal)-link(?:\/|$)/.test(url);

export const hasPathParameters = ({ url }: Operation) => url.includes(':');

/**
 * The route's path with the rows of one side of the walls in it.
 * @param references rows that its query names, where they are others than the actor's own
 */
export function pathOf(
  operation: Operation,
  side: Side = 'own',
  references: Readonly<Record<string, string>> = {},
): string {
  const path = operation.url.replace(/([^/]+)\/:(\w+)/g, (_match, resource: string, parameter: string) => {
    return `${resource}/${encodeURIComponent(pathRow(operation, `${resource}/:${parameter}`, side))}`;
  });
  const [, completions = {}] =
    Object.entries(QUERY_COMPLETIONS).find(([end]) => operation.url.endsWith(`/${end}`)) ?? [];
  // What a query cannot do without: rows that it names, a choice, or what the document has as its example.
  const demanded = operation.query
    .filter(({ required }) => required)
    .map(({ name, schema, example }) => [
      name,
      filtersOf(operation).includes(name)
        ? (references[name] ?? referencedRow(operation, name, 'own'))
        : (completions[name] ?? schema.enum?.[0] ?? example ?? schema.example),
    ]);
  return demanded.length > 0 ? `${path}?${new URLSearchParams(demanded as [string, string][]).toString()}` : path;
}

/** A body that the route accepts, about rows of the actor's own tenant. A PATCH says all that it may say. */
export function bodyOf(document: OpenApiDocument, operation: Operation): Record<string, unknown> | undefined {
  const { body, method } = operation;
  if (!body) return undefined;
  const properties = body.schema.properties ?? {};
  return exampleBody(document, operation, method === 'patch' ? Object.keys(properties) : (body.schema.required ?? []));
}

/** A body with these fields, whose references name rows of the actor's own tenant. */
export function exampleBody(document: OpenApiDocument, operation: Operation, names: string[]): Record<string, unknown> {
  const { schema, name } = operation.body!;
  const references = referencesOf(document, operation).filter(({ path }) => names.includes(path.replace(/\W.*/, '')));
  const body = references.reduce(
    (found, { path, field }) => withReference(document, schema, found, path, referencedRow(operation, field, 'own')),
    exampleObject(document, schema, names),
  );
  return { ...body, ...BODY_COMPLETIONS[name] };
}

/** Fields of the body that name a row by its id. */
export function referencesOf(document: OpenApiDocument, { body }: Operation): Reference[] {
  return body ? referencesIn(document, body.schema) : [];
}

/** Fields of the query that name a row by its id. */
export function filtersOf({ query }: Operation): string[] {
  const namesRows = ({ schema }: Parameter) =>
    (schema.items ?? schema).format === 'uuid' || schema.pattern === ROWS_IN_QUERY;
  return query.filter(namesRows).map(({ name }) => name);
}
