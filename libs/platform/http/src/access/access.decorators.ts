import 'reflect-metadata';
import { Controller, HttpCode, Post, RequestMethod, applyDecorators } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MetadataScanner } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import { ApiBody, ApiConsumes, ApiExtension, ApiSecurity, ApiTags } from '@nestjs/swagger';
import {
  PORTAL_FEATURES,
  type ErrorCode,
  type PortalFeature,
  type PortalPermission,
  type StaffPermission,
} from '@balcao/contracts';
import type { AudienceName } from '@balcao/platform-tenancy';
import { documentOperation } from '../dto/operation.js';
import { addProblems, documentProblems } from '../dto/problem.response.js';
import { takesKey, type AccessRule, type AnswerHeader, type BalcaoRouteConfig } from './access-rule.js';
import { writesOf } from './daily-writes.js';

/** Where the document keeps a route's rule until its description is made of it. */
export const ACCESS_EXTENSION = 'x-access';
/** What any request may be answered, before it reaches its handler or instead of it. */
const ANYWHERE = [
  'malformed_request',
  'uri_too_long',
  'not_found',
  'internal_error',
  'service_unavailable',
] as const satisfies ErrorCode[];
/** What a POST with an `Idempotency-Key` may be answered. */
const REPEATED = [
  'validation_failed',
  'idempotency_mismatch',
  'idempotency_in_progress',
  'idempotency_carried_out',
] as const satisfies ErrorCode[];

/**
 * Declares for whom a controller's routes are, and which switches of the portal all of them need. Every route needs it, and
 * one of `@Public`, `@Authenticated`, `@RequirePortalPermission` or `@RequireStaffPermission`: the application refuses to
 * start with a route that lacks either. The same declarations document what the route asks for and how it refuses.
 */
export function Audience(audience: AudienceName, ...features: PortalFeature[]): ClassDecorator {
  return (target) => {
    // Those that it inherits are its routes as well.
    for (const name of new MetadataScanner().getAllMethodNames(target.prototype)) {
      const method = target.prototype[name] as object;
      // Method decorators have run by now, so what they declared is completed here.
      const declared = accessOf(method);
      if (!declared) continue;
      const { permissionsOf = audience, features: own = [] } = declared;
      if (permissionsOf !== audience)
        throw new Error(`${target.name}.${name} asks for a ${permissionsOf} permission on a route of ${audience}`);
      declare(method, { audience, features: [...features, ...own] });
      document(method, configOf(method)!, readsInput(target, name));
    }
  };
}

/** A controller of an audience at its path, under the heading of its tag in the document. */
export const AudienceController = (audience: AudienceName, path: string, tag: string, ...features: PortalFeature[]) =>
  applyDecorators(Audience(audience, ...features), Controller(path), ApiTags(tag)) as ClassDecorator;

/** A POST that does something to what is there, or only looks: it answers 200, as nothing is added. */
export const PostAction = (path?: string): MethodDecorator => applyDecorators(Post(path), HttpCode(200));

/**
 * Anybody may call it; no session is looked up. What it reads of a tenant is what a visitor may see. With `orOwnPortal` it
 * is the tenant of the caller's session where the address names none; with `recent`, as it was a moment ago.
 */
export const Public = (rule: Pick<AccessRule, 'orOwnPortal' | 'recent'> = {}): MethodDecorator =>
  access({ kind: 'public', orOwnPortal: false, ...rule });

/** Anybody who is signed in for the route's audience; with `anyRole` also those whose role their portal does not let in. */
export const Authenticated = (rule: Pick<AccessRule, 'anyRole'> = {}): MethodDecorator =>
  access({ kind: 'authenticated', ...rule });

/** Only customers whose role allows one of the named things. */
export const RequireAnyPortalPermission = (...anyOf: PortalPermission[]): MethodDecorator =>
  access({ kind: 'permission', anyOf, permissionsOf: 'portal' });

/** Only customers whose role allows it. */
export const RequirePortalPermission = (permission: PortalPermission) => RequireAnyPortalPermission(permission);

/** Only staff whose role allows it. */
export const RequireStaffPermission = (permission: StaffPermission): MethodDecorator =>
  access({ kind: 'permission', anyOf: [permission], permissionsOf: 'staff' });

/** The route answers 403 with a feature's code while the portal has it switched off. */
export const RequireFeature = (...features: PortalFeature[]): MethodDecorator => access({ features });

/** For those who watch over the process: it costs no budget and answers at any host. */
export const Probe = (): MethodDecorator => carrying({ probe: true });

/** For a POST that only answers: it takes no `Idempotency-Key`, and no answer of it is kept. */
export const StoresNothing = (): MethodDecorator => carrying({ storesNothing: true });

/**
 * Counts as so many of 1,200 requests in the budget of whoever sends it, and of a smaller budget as the same share: others
 * are sent a mail of each, or a hundred rows change at once. In a minute 30 may be such; `writes` is as `@Writes` has it.
 */
export const SendsMails = (cost = 40, writes = 1): MethodDecorator => carrying({ cost, writes });

/** Counts as so many of what may be written in a day; 0 for what must never be refused for that, or has limits of its own. */
export const Writes = (writes: number): MethodDecorator => carrying({ writes });

/** The body is of parts (`multipart/form-data`) with one file, `file`, of at most so many bytes. */
export const TakesFile = (bytes: number, description: string): MethodDecorator =>
  applyDecorators(
    carrying({ takesFile: bytes }),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary', description } },
      },
    }),
  ) as MethodDecorator;

/** The body may be longer than others, up to so many bytes and values: for lists whose items are long by themselves. */
export const TakesLongBody = (longBody: { bytes: number; values: number }): MethodDecorator => carrying({ longBody });

/** The body reaches the handler as the bytes that came (`Buffer`), whatever its type: its sender has signed those. */
export const TakesRaw = (description: string): MethodDecorator =>
  applyDecorators(
    carrying({ takesRaw: true }),
    ApiConsumes('application/json'),
    ApiBody({ schema: { type: 'object', description, additionalProperties: true } }),
  ) as MethodDecorator;

/** `Cache-Control` of a successful answer. Without it answers are `private, no-cache`. */
export const CacheControl = (value: string): MethodDecorator => carrying({ cacheControl: value });

/** Documents headers of the successful answer. A `Content-Language` that the handler does not set is the one that is asked for. */
export const AnswerHeaders = (...headers: AnswerHeader[]): MethodDecorator => carrying({ headers });

/** The answer is a file with a name, which nobody keeps: it has no tag, as nothing of it is known before it is sent. */
export const SendsFile = (): MethodDecorator =>
  applyDecorators(CacheControl('no-store'), AnswerHeaders('ContentDisposition')) as MethodDecorator;

function access(rule: Partial<AccessRule>): MethodDecorator {
  return (_target, _name, descriptor) => declare(descriptor.value as object, rule);
}

function carrying(config: Partial<BalcaoRouteConfig>): MethodDecorator {
  return (_target, _name, descriptor) => merge(descriptor.value as object, config);
}

function accessOf(method: object): AccessRule | undefined {
  return configOf(method)?.access;
}

function configOf(method: object): BalcaoRouteConfig | undefined {
  return Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, method) as BalcaoRouteConfig | undefined;
}

function declare(method: object, rule: Partial<AccessRule>): void {
  merge(method, { access: { ...accessOf(method), ...rule } as AccessRule });
}

function merge(method: object, config: Partial<BalcaoRouteConfig>): void {
  RouteConfig({ ...configOf(method), ...config })(method as never, undefined as never, {
    value: method,
  });
}

/** Whether a handler takes fields of a body or a query, which may be refused. */
function readsInput(target: object, name: string): boolean {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, target, name) ?? {}) as object;
  // `3:0` is a body; what decorators of our own give has a random name before its place, which may begin with a digit.
  const kinds = [RouteParamtypes.BODY, RouteParamtypes.QUERY].map(String);
  return Object.keys(parameters).some((key) => kinds.includes(key.split(':')[0]!));
}

/** What a route asks for, and how it refuses, in the OpenAPI document. */
function document(method: object, config: BalcaoRouteConfig, readsInput: boolean): void {
  const { probe, headers } = config;
  const rule = config.access!;
  const { audience, kind, features = [] } = rule;
  const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod;
  const reading = verb === RequestMethod.GET;
  const descriptor = { value: method } as never;
  const repeatable = kind !== 'public' && verb === RequestMethod.POST && takesKey(config);
  const unkept = config.cacheControl === 'no-store' || undefined;
  ApiExtension(ACCESS_EXTENSION, { ...rule, probe, unkept, headers, repeatable })({}, '', descriptor);
  const codes: ErrorCode[] = [...ANYWHERE, ...features.map((name) => PORTAL_FEATURES[name])];
  if (!probe) codes.push('misdirected_request', 'rate_limited');
  if (readsInput) codes.push('validation_failed');
  if (!reading) codes.push('cross_site_request', 'malformed_body', 'body_too_large', 'unsupported_media_type');
  if (audience === 'portal' || audience === 'staff') codes.push('organization_suspended');
  if (kind !== 'public') {
    codes.push('unauthenticated', 'session_changed');
    if (audience === 'portal' && !rule.anyRole) codes.push('portal_role_not_allowed');
    if (!reading) codes.push('csrf_failed');
    if (audience !== 'operator' && writesOf(RequestMethod[verb], config)) codes.push('daily_limit_reached');
    if (kind === 'permission') codes.push('permission_denied');
    if (repeatable) codes.push(...REPEATED);
    // A browser's session needs the CSRF header to change something; a bearer token needs nothing else.
    const session = { [`${audience}Session`]: [], ...(reading ? {} : { [`${audience}Csrf`]: [] }) };
    for (const requirement of [{ bearer: [] }, session]) ApiSecurity(requirement)({}, '', descriptor);
  }
  documentOperation(method);
  addProblems(method, codes);
  documentProblems(method);
}
