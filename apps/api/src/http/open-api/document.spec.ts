import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { WORDS } from './words.js';

/** What is looked for may stand anywhere in it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = Record<string, any>;

/** As it is committed; another check holds it against what the API would write. */
const document = JSON.parse(readFileSync('libs/api-client/openapi.json', 'utf8')) as Json;
const operations = Object.entries(document.paths as Json).flatMap(([path, item]) =>
  Object.entries(item as Json).map(([method, operation]) => ({
    name: `${method} ${path}`,
    path,
    method,
    ...operation,
  })),
) as Json[];
const follow = (value: Json): Json =>
  value.$ref
    ? (value.$ref as string)
        .slice(2)
        .split('/')
        .reduce((node: Json, key) => node[key], document)
    : value;
const responseOf = (operation: Json, status: string) => follow((operation.responses as Json)[status] ?? {});
const properties = Object.entries(document.components.schemas as Json).flatMap(([schema, { properties = {} }]) =>
  Object.entries(properties as Json).map(([name, property]) => [`${schema}.${name}`, property] as const),
);
const isGuarded = ({ security }: Json) => security.length > 0;
const changes = ({ method }: Json) => method !== 'get';
const isProbe = ({ path }: Json) => /^\/(?:health|internal)\//.test(path);
const namesOf = (found: Json[]) => found.map(({ name }) => name);

describe('words', () => {
  const said = (text: unknown) => typeof text === 'string' && text.trim() !== '';

  it('stand at every operation, and say more than its title', () => {
    expect(
      namesOf(operations.filter(({ summary, description }) => !said(summary) || description.length <= summary.length)),
    ).toEqual([]);
  });

  it('stand at every tag that is used, and at no other', () => {
    const used = new Set(operations.flatMap(({ tags }) => tags as string[]));
    const declared = document.tags.filter(({ description }: Json) => said(description)).map(({ name }: Json) => name);
    const silent = [...used].filter((tag) => !declared.includes(tag));
    expect(silent.map((tag) => `${tag}: its words stand in open-api/words.ts`)).toEqual([]);
    expect(declared.filter((tag: string) => !used.has(tag))).toEqual([]);
  });

  it('stand at every property, and do not repeat its name', () => {
    const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
    const silent = properties.filter(
      ([name, { description }]) => !said(description) || plain(description) === plain(name.split('.')[1]!),
    );
    const requests = ([name]: readonly [string, unknown]) => !/Request\./.test(name);
    const todo = ([name]: readonly [string, unknown]) =>
      `${name}: its words stand at the member in its class, or in WORDS of open-api/words.ts`;
    expect(silent.filter(requests).map(todo)).toEqual([]);
    expect(properties.filter(([, { description }]) => !said(description)).map(todo)).toEqual([]);
  });

  it('are said once for all only where they mean the same in more than one part of the API', () => {
    const reach = (node: unknown, seen: Set<string>): Set<string> => {
      for (const [, ref] of JSON.stringify(node).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
        if (!seen.has(ref!)) reach(document.components.schemas[ref!], seen.add(ref!));
      return seen;
    };
    const parts = new Map<string, Set<string>>();
    for (const { tags, parameters, requestBody, responses } of operations) {
      const part = (tags as string[])[0]!.replace(/^.*: /, '').toLowerCase();
      const schemas = reach([parameters, requestBody, Object.values(responses as Json).map(follow)], new Set());
      const described = [...schemas].flatMap((name) =>
        Object.entries((document.components.schemas[name].properties ?? {}) as Json),
      );
      for (const [name, { description }] of described)
        if (description === [WORDS[name]].flat()[0]) parts.set(name, (parts.get(name) ?? new Set()).add(part));
    }
    expect(Object.keys(WORDS).filter((name) => (parts.get(name)?.size ?? 0) < 2)).toEqual([]);
  });

  it('stand at every parameter, header and response', () => {
    const silent = operations.flatMap((operation) => [
      ...operation.parameters.map(follow).filter(({ description }: Json) => !said(description)),
      ...Object.keys(operation.responses)
        .map((status) => responseOf(operation, status))
        .flatMap((response) => [response, ...Object.values(response.headers as Json).map(follow)])
        .filter(({ description }) => !said(description)),
    ]);
    expect(silent).toEqual([]);
  });

  it('name no requirement', () => {
    expect(JSON.stringify(document).match(/\b(?:S\d+|[A-Z])\.\d+\b/g) ?? []).toEqual([]);
  });
});

describe('who may', () => {
  it('is said by every operation: with two ways in, or for anybody', () => {
    const ways = operations.map(({ security }) => security.flatMap(Object.keys).join());
    expect(new Set(ways)).toEqual(
      new Set([
        '',
        ...['portal', 'staff', 'operator'].flatMap((who) => [
          `bearer,${who}Session`,
          `bearer,${who}Session,${who}Csrf`,
        ]),
      ]),
    );
    for (const operation of operations.filter(isGuarded))
      expect([operation.name, operation.security.flatMap(Object.keys).length]).toEqual([
        operation.name,
        changes(operation) ? 3 : 2,
      ]);
  });

  it('is said without a session for what visitors need', () => {
    const open = operations.filter((operation) => !isGuarded(operation)).map(({ operationId }) => operationId);
    // Written out: whoever opens another to everybody says so here.
    expect(open.sort()).toEqual([
      'adminAcceptInvitation',
      'adminForgotPassword',
      'adminLogin',
      'adminLookAtInvitation',
      'adminLookAtResetLink',
      'adminResetPassword',
      'healthLive',
      'healthReady',
      'jwks',
      'opsLogin',
      'portalAcceptInvitation',
      'portalAcceptInvite',
      'portalAcceptLinkedProposal',
      'portalAskAdministrator',
      'portalAskForInvitation',
      'portalAskForLinkedBoleto',
      'portalAskForLinkedDocument',
      'portalAskForLinkedProposalDocument',
      'portalAskForSecondCopy',
      'portalBeginSignup',
      'portalCheckBill',
      'portalCheckBillFile',
      'portalCheckProposalFile',
      'portalConfirmSignup',
      'portalCorrectSignupEmail',
      'portalCreateLinkedPayment',
      'portalDeclineSandboxPayment',
      'portalDisputeSandboxPayment',
      'portalExpireSandboxPayment',
      'portalForgotPassword',
      'portalGetBranding',
      'portalGetBrandingByDomain',
      'portalGetLinkedBoleto',
      'portalGetLinkedDocument',
      'portalGetLinkedPayment',
      'portalGetLinkedProposalDocument',
      'portalGetLinkedProposalFile',
      'portalGetOwnSignupPage',
      'portalGetSandboxPayment',
      'portalGetSignup',
      'portalGetSignupPage',
      'portalLinkedPaymentOffer',
      'portalLogin',
      'portalLookAtConfirmation',
      'portalLookAtInvitation',
      'portalLookAtResetLink',
      'portalOpenPaymentLink',
      'portalOpenProposalLink',
      'portalPaySandboxPayment',
      'portalRejectLinkedProposal',
      'portalResendSignupMail',
      'portalResendVerification',
      'portalResetPassword',
      'portalRetrySignup',
      'portalSubmitSignup',
      'portalVerifyEmail',
      'portalWithdrawSignup',
      'publicGetArticle',
      'publicListArticleCategories',
      'publicListArticles',
      'receiveGatewayEvent',
      'servedHost',
    ]);
  });

  it('is said at an address where it can succeed', () => {
    for (const { operationId, servers = document.servers } of operations) {
      const [{ url }] = servers;
      expect([operationId, url]).toEqual([
        operationId,
        /^public|^portalGet(?:Branding|(?:Own)?Signup(?:Page)?|Linked\w+|SandboxPayment)$|^portal(?:Open(?:Payment|Proposal)Link|LinkedPaymentOffer)$/.test(
          operationId,
        )
          ? '/o/{slug}'
          : '/',
      ]);
    }
  });
});

describe('refusals', () => {
  const lacking = (status: string, those: (operation: Json) => boolean) =>
    namesOf(operations.filter((operation) => those(operation) && !(status in operation.responses)));

  it.each([
    ['401', isGuarded],
    ['403', (operation: Json) => changes(operation) || operation.path.startsWith('/api/v1/portal')],
    ['404', () => true],
    ['400', () => true],
    ['413', changes],
    ['414', () => true],
    ['415', changes],
    ['421', (operation: Json) => !isProbe(operation)],
    ['429', (operation: Json) => !isProbe(operation)],
    ['500', () => true],
    ['503', () => true],
    [
      '304',
      // Of a signup and of what a link opens nothing is kept, and of a file nothing is known before it is sent: nothing is compared.
      (operation: Json) =>
        operation.method === 'get' &&
        !isProbe(operation) &&
        !/\/live$|\/export$|\/archive$|\/(?:address|file|xml)$|\/portal\/signups?\/\{|\/portal\/(?:payment-link|proposal-link|sandbox-bank)\b|\/files\/\{fileId\}$/.test(
          operation.path,
        ),
    ],
    ['409', (operation: Json) => operation.method === 'post' && isGuarded(operation)],
  ] as const)('%s is documented where it can happen', (status, those) => {
    expect(lacking(status, those)).toEqual([]);
  });

  it('carry the headers that they are sent with', () => {
    const of = (status: string) => operations.filter(({ responses }) => status in responses);
    for (const [status, header] of [
      ['401', 'WWW-Authenticate'],
      ['429', 'Retry-After'],
      ['503', 'Retry-After'],
      ['304', 'ETag'],
    ] as const)
      expect(namesOf(of(status).filter((operation) => !responseOf(operation, status).headers[header]))).toEqual([]);
  });
});

describe('bodies', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv, ['uuid', 'date', 'date-time', 'email', 'uri', 'password']);
  ajv.addSchema({ ...document, $id: 'api' });
  const bodies = operations.flatMap((operation) => {
    const answers = Object.keys(operation.responses).map((status) => [
      `${operation.name} ${status}`,
      responseOf(operation, status),
    ]);
    return [[operation.name, operation.requestBody ?? {}], ...answers].flatMap(([name, { content = {} }]) =>
      Object.entries(content as Json)
        .filter(([type]) => type.endsWith('json'))
        .map(([, { schema, examples }]) => ({
          name: name as string,
          schema: schema as Json,
          examples: examples as Json | undefined,
        })),
    );
  });

  it('have a whole example each, which fits', () => {
    // Most answers are refusals of one shape, and to compile it takes long.
    const validators = new Map<string, ReturnType<typeof ajv.compile>>();
    const validatorOf = (schema: string) => {
      const validator = validators.get(schema) ?? ajv.compile(JSON.parse(schema.replaceAll('"#/', '"api#/')));
      validators.set(schema, validator);
      return validator;
    };
    const wrong = bodies.flatMap(({ name, schema, examples = {} }) => {
      const validate = validatorOf(JSON.stringify(schema));
      const values = Object.values(examples).map((example: Json) => follow(example).value);
      if (values.length === 0) return [`${name} has none`];
      return values.filter((value) => !validate(value)).map(() => `${name}: ${ajv.errorsText(validate.errors)}`);
    });
    expect(wrong).toEqual([]);
  });

  it('of requests take no other members, and one name of each', () => {
    const refused = (name: string, body: unknown) => !ajv.validate({ $ref: `api#/components/schemas/${name}` }, body);
    const requests = operations
      // Of parts there is a file, and nothing else; what a payment service tells is in its own words.
      .filter(
        ({ requestBody, operationId }) =>
          requestBody?.content['application/json'] && operationId !== 'receiveGatewayEvent',
      )
      .map(({ requestBody }) => follow(requestBody.content['application/json'].schema));
    expect(requests.filter(({ additionalProperties }) => additionalProperties !== false)).toEqual([]);
    expect(refused('CreateTicketRequest', { title: 'x', description: 'x' })).toBe(false);
    expect(refused('CreateTicketRequest', { title: 'x', description: 'x', source: 'portal' })).toBe(true);
    expect(refused('CreateTicketRequest', { title: 'x', subject: 'x', description: 'x' })).toBe(true);
    expect(refused('CreateTicketRequest', { description: 'x' })).toBe(true);
    expect(refused('UpdatePortalRequest', { version: 1, branding: { theme: { light: { fourth: 'red' } } } })).toBe(
      true,
    );
  });
});
