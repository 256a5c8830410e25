import { ACCESS_EXTENSION, type AccessRule, type AnswerHeader } from '@balcao/platform-http';
import { exampleOf, type Schema } from './examples.js';
import { PARAMETERS, RESPONSE_HEADERS, headersOf } from './headers.js';
import { PATH_WORDS, TAGS, WORDS } from './words.js';

interface Content {
  schema: Schema;
  examples?: object;
}

interface Response {
  description: string;
  content?: Record<string, Content>;
  headers?: object;
}

interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema: Schema;
  example?: unknown;
}

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  parameters: object[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Response | { $ref: string }>;
  security?: object[];
  [ACCESS_EXTENSION]?: AccessRule & {
    probe?: boolean;
    unkept?: boolean;
    headers?: readonly AnswerHeader[];
    repeatable: boolean;
  };
}

/** As Nest writes it: nothing but schemas is referred to. */
export interface Document {
  tags?: object[];
  servers?: object[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    headers?: object;
    parameters?: object;
    examples?: Record<string, object>;
    responses?: Record<string, Response>;
  };
}

const PROBLEM = 'application/problem+json';
const AUDIENCES = { portal: 'customers', staff: 'staff', operator: 'operators', integration: 'other systems' };
const ROOT_SERVER = { url: '/', description: "The installation, or a portal's own domain" };
const PORTAL_SERVER = {
  url: '/o/{slug}',
  description: 'A portal by its slug, where it has no domain of its own',
  variables: { slug: { default: 'aurora', description: 'Slug of the portal' } },
};

/**
 * Adds to the document what follows from what it says already: words that a name stands for, who may call an operation,
 * headers, examples, and what a strict server refuses.
 */
export function complete(document: Document): Document {
  const { schemas } = document.components;
  document.tags = Object.entries(TAGS).map(([name, description]) => ({ name, description }));
  document.servers = [ROOT_SERVER, PORTAL_SERVER];
  document.components.headers = RESPONSE_HEADERS;
  document.components.parameters = PARAMETERS;
  const examples: Record<string, object> = (document.components.examples = {});
  const responses: Record<string, Response> = (document.components.responses = {});
  for (const schema of Object.values(schemas)) describeMembers(schema);

  /** The example of a body, kept once for each schema. */
  const exemplify = (content: Content, name: string) => {
    const key = content.schema.$ref?.split('/').pop() ?? name;
    examples[key] ??= { summary: `A whole ${key}`, value: exampleOf(content.schema, schemas) };
    content.examples = { whole: { $ref: `#/components/examples/${key}` } };
  };

  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const access = operation[ACCESS_EXTENSION];
      if (!access) continue;
      delete operation[ACCESS_EXTENSION];
      describe(operation, access);
      operation.security ??= [];
      for (const parameter of operation.parameters as Parameter[]) describeParameter(parameter);
      const headers = [access.kind !== 'public' && 'SessionUser', access.repeatable && 'IdempotencyKey'];
      for (const name of headers) if (name) operation.parameters.push({ $ref: `#/components/parameters/${name}` });
      for (const content of Object.values(operation.requestBody?.content ?? {})) {
        beStrict(content.schema, schemas);
        exemplify(content, `${operation.operationId}Request`);
      }
      // A stream has no state to compare, a probe wants to know of this moment, and what is kept nowhere is compared with nothing.
      const success = operation.responses['200'] as Response | undefined;
      const tagged =
        method === 'get' && !access.probe && !access.unkept && !('text/event-stream' in (success?.content ?? {}));
      for (const [status, response] of Object.entries(operation.responses) as [string, Response][]) {
        if (response.description === '') response.description = outcomeOf(method, status);
        const problem = response.content?.[PROBLEM];
        const json = response.content?.['application/json'];
        if (json) exemplify(json, `${operation.operationId}Response`);
        response.headers = headersOf({ ...access, tagged, status, isProblem: problem !== undefined });
        if (!problem) continue;
        const code = /`(\w+)`/.exec(response.description)![1]!;
        problem.examples = { first: { $ref: `#/components/examples/${code}` } };
        examples[code] ??= problemExample(status, code, response.description, schemas);
        operation.responses[status] = { $ref: `#/components/responses/${shared(responses, response, code)}` };
      }
      if (tagged && '200' in operation.responses) {
        const notModified = {
          description: 'What the client has is what there is',
          headers: headersOf({ tagged, status: '304', ...access }),
        };
        operation.responses['304'] = {
          $ref: `#/components/responses/${shared(responses, notModified, 'not_modified')}`,
        };
      }
      if (access.audience !== 'portal') Object.assign(operation, { servers: [ROOT_SERVER] });
      else if (access.kind === 'public' && method === 'get' && !path.includes('{domain}'))
        Object.assign(operation, { servers: [PORTAL_SERVER, ROOT_SERVER] });
    }
  }
  return document;
}

/** The name of an equal response, or a new one after the first code that it may carry. */
function shared(responses: Record<string, Response>, response: Response, code: string): string {
  const base = code.toLowerCase().replace(/(?:^|_)(\w)/g, (_match, letter: string) => letter.toUpperCase());
  const text = JSON.stringify(response);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}${number}`;
    responses[name] ??= response;
    if (JSON.stringify(responses[name]) === text) return name;
  }
}

/** What it does, what happens besides, and who may. */
function describe(operation: Operation, { audience, kind, anyOf = [], features = [] }: AccessRule): void {
  const who = AUDIENCES[audience];
  const rights = anyOf.map((right) => `\`${right}\``).join(' or ');
  const may =
    kind === 'public'
      ? 'Anybody may, without signing in'
      : `For ${who} who are signed in${kind === 'permission' ? ` and hold ${rights}` : ''}`;
  const switches = features.map((name) => `\`${name}\``).join(' and ');
  const sentences = [
    operation.summary,
    operation.description,
    may + (switches && `, while the portal has ${switches} switched on`),
  ];
  operation.description = sentences
    .filter(Boolean)
    .map((text) => `${text!.replace(/\.$/, '')}.`)
    .join(' ');
  [operation.summary] = operation.summary.split('; ', 1) as [string];
}

function outcomeOf(method: string, status: string): string {
  if (status === '201') return 'It was added and stands like this';
  if (status === '204') return 'It is done, and there is nothing to tell';
  return method === 'get' ? 'What was asked for' : 'It is done, and stands like this now';
}

function describeMembers({ properties = {} }: Schema): void {
  for (const [member, property] of Object.entries(properties)) {
    const [description, example] = [WORDS[member] ?? []].flat(1) as [string?, unknown?];
    property.description ??= description;
    const isPlain = !property.enum && !property.$ref && !property.anyOf && !property.allOf && !property.format;
    if (isPlain && example !== undefined) property.example ??= example;
  }
}

function describeParameter(parameter: Parameter): void {
  const [description, example] = [PATH_WORDS[parameter.name] ?? WORDS[parameter.name] ?? []].flat(1) as [
    string?,
    unknown?,
  ];
  parameter.description ??= description;
  if (parameter.in !== 'path') return;
  if (/^id$|Id$/.test(parameter.name)) parameter.schema.format = 'uuid';
  else parameter.example ??= example;
}

/** The server refuses members that it does not know, at every depth, and two names of one thing. */
function beStrict(schema: Schema, schemas: Record<string, Schema>): void {
  const named = schema.$ref && schemas[schema.$ref.split('/').pop()!];
  if (named) return beStrict(named, schemas);
  for (const part of [schema.allOf, schema.anyOf, schema.items].flat()) if (part) beStrict(part, schemas);
  if (!schema.properties || schema.additionalProperties === false) return;
  schema.additionalProperties = false;
  for (const [name, property] of Object.entries(schema.properties)) {
    const { 'x-other-name-of': other } = property;
    delete property['x-other-name-of'];
    if (other) schema.oneOf = [{ required: [other] }, { required: [name] }];
    beStrict(property, schemas);
  }
}

function problemExample(status: string, code: string, description: string, schemas: Record<string, Schema>): object {
  const text = /`: (.*)/.exec(description)![1]!;
  const problem = exampleOf({ $ref: 'ProblemResponse' }, schemas) as Record<string, unknown>;
  if (code !== 'validation_failed') problem.errors = [];
  if (code !== 'multiple_accounts') delete problem.accounts;
  if (code !== 'invitation_waiting') delete problem.invitationId;
  if (code !== 'signup_already_registered') delete problem.signup;
  const words = {
    type: `urn:balcao:error:${code}`,
    title: text,
    status: Number(status),
    detail: text,
    code,
    error: text,
  };
  return { summary: text, value: { ...problem, ...words } };
}
