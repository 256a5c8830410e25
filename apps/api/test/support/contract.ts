import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Response } from 'supertest';
import { onceForEach } from '@balcao/module-directory';

/** Looks whether an answer is one that the document promises. @throws Error that says what it does not know */
export type ContractCheck = (method: string, path: string, response: Response) => void;

/** As the API writes it; only what is looked at. */
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, object> }>>;
  components: object;
}

interface Documented {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema: object }>;
}

/** Of the connection, of the body, or of the policy that every answer has for browsers: not an operation's own. */
const OF_EVERY_ANSWER = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-security-policy',
  'content-type',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'keep-alive',
  'origin-agent-cluster',
  'referrer-policy',
  'strict-transport-security',
  'transfer-encoding',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-robots-tag',
  'x-xss-protection',
]);

/** Of streams besides: they keep proxies from holding back what has been said. */
const OF_STREAMS = new Set(['pragma', 'expires', 'x-accel-buffering']);

/** Holds every answer against the document: its status, its code, its headers and its body. */
export const contractCheck = onceForEach((given: object): ContractCheck => {
  const document = given as Document;
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv, ['uuid', 'date', 'date-time', 'email', 'uri', 'password']);
  ajv.addSchema({ ...document, $id: 'api' });
  const validators = new Map<object, ValidateFunction>();
  const fits = (schema: object, body: unknown) => {
    const validate = validators.get(schema) ?? ajv.compile(within(schema));
    validators.set(schema, validate);
    return validate(body) || ajv.errorsText(validate.errors);
  };
  // Words before parameters, as the router reads them.
  const paths = Object.keys(document.paths)
    .sort((one, other) => one.split('{').length - other.split('{').length)
    .map((path) => [path, new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)] as const);

  return (method, path, { status, headers, body, text }) => {
    const [route = ''] = path.replace(/^\/o\/[^/]+/, '').split('?', 1);
    const [template = ''] = paths.find(([, pattern]) => pattern.test(route)) ?? [];
    const operation = document.paths[template]?.[method === 'head' ? 'get' : method];
    if (!operation) return;
    const refuse = (what: string) => {
      throw new Error(`The document of ${method} ${template} does not know ${what}`);
    };
    const response = operation.responses[status];
    if (!response) return refuse(`status ${status}: ${text}`);
    const documented = follow(document, response) as Documented;
    const known = new Set(Object.keys(documented.headers ?? {}).map((name) => name.toLowerCase()));
    const type = String((headers as Record<string, string>)['content-type'] ?? '').split(';', 1)[0]!;
    const isStream = type === 'text/event-stream';
    const isOther = (name: string) =>
      !known.has(name) && !OF_EVERY_ANSWER.has(name) && !(isStream && OF_STREAMS.has(name));
    const others = Object.keys(headers as object).filter(isOther);
    if (others.length > 0) refuse(`${status} with ${others.join(', ')}`);
    if (method === 'head' || isStream || text === '') return;
    const content = documented.content?.[type];
    if (!content) return refuse(`${status} as ${type}`);
    if (type.startsWith('application/problem')) {
      const { code } = body as { code: string };
      if (!documented.description.includes(`\`${code}\``)) refuse(`${status} ${code}`);
    }
    // An archive is bytes, of which a schema says nothing.
    if (type === 'application/zip') return;
    // What is no JSON is held against the document as the text that it is.
    const verdict = fits(content.schema, type === 'text/csv' ? text : body);
    if (verdict !== true) refuse(`this ${status}: ${verdict}`);
  };
});

function follow(document: object, value: object): object {
  if (!('$ref' in value)) return value;
  const keys = String(value.$ref).slice(2).split('/');
  return keys.reduce((node, key) => (node as Record<string, object>)[key]!, document);
}

const within = (schema: object) => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object;
