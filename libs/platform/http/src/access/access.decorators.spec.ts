import { describe, expect, it } from '@jest/globals';
import { Body, Delete, Get, Patch, Post, Query, createParamDecorator } from '@nestjs/common';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import type { PortalFeature } from '@balcao/contracts';
import type { AudienceName } from '@balcao/platform-tenancy';
import { Operation } from '../dto/operation.js';
import { ApiProblems } from '../dto/problem.response.js';
import {
  AnswerHeaders,
  Audience,
  AudienceController,
  Authenticated,
  CacheControl,
  Probe,
  Public,
  RequireAnyPortalPermission,
  RequireFeature,
  RequirePortalPermission,
  RequireStaffPermission,
  SendsMails,
  StoresNothing,
  TakesFile,
  Writes,
} from './access.decorators.js';

/** What decorators left at a handler or its class, under a name. */
const left = (name: string, at: object): unknown => Reflect.getMetadata(name, at);

/** A handler of a controller that declares this. */
function handlerOf(controller: ClassDecorator, ...declared: MethodDecorator[]): object {
  class Routes {
    handler() {}
    get notHandler() {
      return declared;
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Routes.prototype, 'handler')!;
  for (const decorate of declared) decorate(Routes.prototype, 'handler', descriptor);
  controller(Routes);
  return Routes.prototype.handler;
}

/** The codes by which the document says that an operation refuses. */
const codesOf = (handler: object) =>
  Object.values(left('swagger/apiResponse', handler) as Record<string, { description: string }>).flatMap(
    ({ description }) => [...description.matchAll(/^`(\w+)`:/gm)].map(([, code]) => code),
  );

describe('what a route refuses, by the document', () => {
  const ALWAYS = ['malformed_request', 'uri_too_long', 'not_found', 'internal_error', 'service_unavailable'];
  const USUALLY = [...ALWAYS, 'misdirected_request', 'rate_limited'];
  const BODY = ['cross_site_request', 'malformed_body', 'body_too_large', 'unsupported_media_type'];
  const SESSION = ['unauthenticated', 'session_changed'];
  const ONCE = ['validation_failed', 'idempotency_mismatch', 'idempotency_in_progress', 'idempotency_carried_out'];
  const CHANGE = [...USUALLY, ...BODY, ...SESSION, 'csrf_failed'];
  const SUSPENDED = 'organization_suspended';
  const ROLE = 'portal_role_not_allowed';
  const DAILY = 'daily_limit_reached';

  it.each<[string, AudienceName, MethodDecorator[], string[]]>([
    ['a probe', 'integration', [Get(), Public(), Probe()], ALWAYS],
    ['what anybody reads', 'integration', [Get(), Public()], USUALLY],
    ['what visitors read', 'portal', [Get(), Public()], [...USUALLY, SUSPENDED]],
    ['a sign-in', 'operator', [Post(), Public()], [...USUALLY, ...BODY]],
    ['what customers read', 'portal', [Get(), Authenticated()], [...USUALLY, ...SESSION, SUSPENDED, ROLE]],
    [
      'what customers of any role read',
      'portal',
      [Get(), Authenticated({ anyRole: true })],
      [...USUALLY, ...SESSION, SUSPENDED],
    ],
    [
      'what some of staff read',
      'staff',
      [Get(), RequireStaffPermission('tickets:read')],
      [...USUALLY, ...SESSION, SUSPENDED, 'permission_denied'],
    ],
    ['what operators read', 'operator', [Get(), Authenticated()], [...USUALLY, ...SESSION]],
    ['what customers add', 'portal', [Post(), Authenticated()], [...CHANGE, ...ONCE, SUSPENDED, ROLE, DAILY]],
    ['what operators add', 'operator', [Post(), Authenticated()], [...CHANGE, ...ONCE]],
    ['what staff change', 'staff', [Patch(), Authenticated()], [...CHANGE, SUSPENDED, DAILY]],
    ['what staff take away', 'staff', [Delete(), Authenticated()], [...CHANGE, SUSPENDED]],
    ['what only answers', 'staff', [Post(), Authenticated(), StoresNothing()], [...CHANGE, SUSPENDED]],
    ['what takes a file', 'staff', [Post(), Authenticated(), TakesFile(1, 'A file')], [...CHANGE, SUSPENDED, DAILY]],
    ['what counts as nothing', 'staff', [Post(), Authenticated(), Writes(0)], [...CHANGE, ...ONCE, SUSPENDED]],
    [
      'what may be switched off',
      'portal',
      [Get(), Public(), RequireFeature('tickets')],
      [...USUALLY, SUSPENDED, 'PORTAL_TICKETS_DISABLED'],
    ],
    [
      'what has reasons of its own',
      'operator',
      [Get(), Public(), ApiProblems('name_taken')],
      [...USUALLY, 'name_taken'],
    ],
  ])('is, of %s of %s, what may befall it', (_what, audience, declared, codes) => {
    expect(codesOf(handlerOf(Audience(audience), ...declared)).sort()).toEqual([...codes].sort());
  });

  it('is fields where it takes a body or a query', () => {
    const Caller = createParamDecorator(() => 'somebody');
    @Audience('operator')
    class Takes {
      @Get()
      @Authenticated()
      query(@Query() query: object) {
        return query;
      }
      @Patch()
      @Authenticated()
      body(@Body() body: object, @Caller() _caller: string) {
        return body;
      }
    }
    const { query, body } = Takes.prototype;
    for (const handler of [query, body]) expect(codesOf(handler)).toContain('validation_failed');
  });

  it('is no fields by the random names that decorators of parameters are given', () => {
    const refusing = Array.from({ length: 500 }, () => {
      const Caller = createParamDecorator(() => 'somebody');
      @Audience('operator')
      class TakesNone {
        @Get()
        @Authenticated()
        get(@Caller() caller: string) {
          return caller;
        }
      }
      return codesOf(TakesNone.prototype.get).includes('validation_failed');
    });
    expect(refusing).not.toContain(true);
  });
});

describe('who one is, by the document,', () => {
  it.each<[string, MethodDecorator[], object[] | undefined]>([
    ['is not asked by what is public', [Post(), Public()], undefined],
    ['is shown by a token or a session', [Get(), Authenticated()], [{ bearer: [] }, { staffSession: [] }]],
    [
      'needs the header beside a session to change something',
      [Delete(), Authenticated()],
      [{ bearer: [] }, { staffSession: [], staffCsrf: [] }],
    ],
  ])('%s', (_what, declared, security) => {
    expect(left('swagger/apiSecurity', handlerOf(Audience('staff'), ...declared))).toEqual(security);
  });
});

describe('what a route carries', () => {
  const SWITCHES: PortalFeature[] = ['tickets', 'knowledgeBase'];

  it.each<[string, MethodDecorator[], object]>([
    ['what is public', [Public()], { kind: 'public', orOwnPortal: false }],
    ['what may be of one’s own portal', [Public({ orOwnPortal: true })], { kind: 'public', orOwnPortal: true }],
    ['what needs a session', [Authenticated()], { kind: 'authenticated' }],
    ['what needs one of any role', [Authenticated({ anyRole: true })], { kind: 'authenticated', anyRole: true }],
    [
      'what needs a permission',
      [RequirePortalPermission('tickets:create')],
      { kind: 'permission', anyOf: ['tickets:create'], permissionsOf: 'portal' },
    ],
    [
      'what needs one of two',
      [RequireAnyPortalPermission('tickets:create', 'kb:read')],
      { kind: 'permission', anyOf: ['tickets:create', 'kb:read'], permissionsOf: 'portal' },
    ],
    [
      'what needs switches of its own besides',
      [RequireFeature('knowledgeBase'), Authenticated()],
      { kind: 'authenticated', features: SWITCHES },
    ],
  ])('is the rule of %s', (_what, declared, rule) => {
    const handler = handlerOf(Audience('portal', 'tickets'), Get(), ...declared);
    const access = { audience: 'portal', features: ['tickets'], ...rule };
    expect(left(FASTIFY_ROUTE_CONFIG_METADATA, handler)).toEqual({ access });
    expect(left('swagger/apiExtension', handler)).toEqual({ 'x-access': { ...access, repeatable: false } });
  });

  it.each<[MethodDecorator, object]>([
    [Probe(), { probe: true }],
    [StoresNothing(), { storesNothing: true }],
    [SendsMails(), { cost: 40, writes: 1 }],
    [SendsMails(200, 10), { cost: 200, writes: 10 }],
    [Writes(5), { writes: 5 }],
    [CacheControl('no-store'), { cacheControl: 'no-store' }],
    [AnswerHeaders('SetCookie', 'ClearSiteData'), { headers: ['SetCookie', 'ClearSiteData'] }],
  ])('is what each decorator says beside it (%#)', (decorator, config) => {
    const declared = left(FASTIFY_ROUTE_CONFIG_METADATA, handlerOf(Audience('staff'), Authenticated(), decorator));
    expect(declared).toEqual({ access: { audience: 'staff', kind: 'authenticated', features: [] }, ...config });
  });

  it.each<[AudienceName, MethodDecorator]>([
    ['staff', RequirePortalPermission('tickets:create')],
    ['operator', RequireStaffPermission('tickets:read')],
  ])('is no permission of others than %s', (audience, permission) => {
    expect(() => handlerOf(Audience(audience), Get(), permission)).toThrow(/asks for a \w+ permission on a route of/);
  });
});

it('an operation stands in the document with its name, below its controller’s heading, and may be repeated', () => {
  @AudienceController('staff', 'somewhere', 'Somewhere')
  class Adds {
    @Post()
    @Authenticated()
    @Operation('addNothing')
    add() {}
  }
  const handler = Adds.prototype.add;
  expect(left('swagger/apiOperation', handler)).toMatchObject({ operationId: 'addNothing' });
  expect(left('swagger/apiExtension', handler)).toMatchObject({ 'x-access': { repeatable: true } });
  const signIn = handlerOf(Audience('staff'), Post(), Public());
  expect(left('swagger/apiExtension', signIn)).toMatchObject({ 'x-access': { repeatable: false } });
  expect([left('path', Adds), left('swagger/apiUseTags', Adds)]).toEqual(['somewhere', ['Somewhere']]);
});
