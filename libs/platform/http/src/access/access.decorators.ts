import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import { ApiSecurity } from '@nestjs/swagger';
import {
  PORTAL_FEATURES,
  type ErrorCode,
  type PortalFeature,
  type PortalPermission,
  type StaffPermission,
} from '@balcao/contracts';
import type { AudienceName } from '@balcao/platform-tenancy';
import { addProblems, documentProblems } from '../dto/problem.response.js';
import type { AccessRule, BalcaoRouteConfig } from './access-rule.js';

/** Where Nest keeps the HTTP method of a route. */
const METHOD_METADATA = 'method';
const READING = new Set([RequestMethod.GET, RequestMethod.HEAD]);

/**
 * Declares for whom a controller's routes are. Every route needs it, and one of `@Public`, `@Authenticated`,
 * `@RequirePortalPermission` or `@RequireStaffPermission`: the application refuses to start with a route that lacks
 * either. The same declarations document what the route asks for and how it refuses.
 */
export function Audience(audience: AudienceName): ClassDecorator {
  return (target) => {
    for (const name of Object.getOwnPropertyNames(target.prototype)) {
      const method: unknown = target.prototype[name];
      // Method decorators have run by now, so what they declared is completed here.
      if (typeof method !== 'function' || !accessOf(method)) continue;
      const { permissionsOf = audience } = accessOf(method)!;
      if (permissionsOf !== audience)
        throw new Error(`${target.name}.${name} asks for a ${permissionsOf} permission on a route of ${audience}`);
      declare(method, { audience });
      document(method, accessOf(method)!);
    }
  };
}

/**
 * Anybody may call it; no session is looked up. What it reads of a tenant is what a visitor may see. With `orOwnPortal` it
 * is the tenant of the caller's session where the address names none.
 */
export function Public({ orOwnPortal = false } = {}): MethodDecorator {
  return access({ kind: 'public', orOwnPortal });
}

/** Anybody who is signed in for the route's audience. */
export function Authenticated(): MethodDecorator {
  return access({ kind: 'authenticated' });
}

/** Only customers whose role allows one of the named things. */
export function RequirePortalPermission(...anyOf: PortalPermission[]): MethodDecorator {
  return access({ kind: 'permission', anyOf, permissionsOf: 'portal' });
}

/** Only staff whose role allows one of the named things. */
export function RequireStaffPermission(...anyOf: StaffPermission[]): MethodDecorator {
  return access({ kind: 'permission', anyOf, permissionsOf: 'staff' });
}

/** The route answers 403 with a feature's code while the portal has it switched off. */
export function RequireFeature(...features: PortalFeature[]): MethodDecorator {
  return access({ features });
}

/** For those who watch over the process: it costs no budget and answers at any host. */
export function Probe(): MethodDecorator {
  return (_target, _name, descriptor) => merge(descriptor.value as object, { probe: true });
}

/** `Cache-Control` of a successful answer. Without it answers are `private, no-cache`. */
export function CacheControl(value: string): MethodDecorator {
  return (_target, _name, descriptor) => merge(descriptor.value as object, { cacheControl: value });
}

function access(rule: Partial<AccessRule>): MethodDecorator {
  return (_target, _name, descriptor) => declare(descriptor.value as object, rule);
}

function accessOf(method: object): AccessRule | undefined {
  return (Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, method) as BalcaoRouteConfig | undefined)?.access;
}

function declare(method: object, rule: Partial<AccessRule>): void {
  merge(method, { access: { ...accessOf(method), ...rule } as AccessRule });
}

function merge(method: object, config: Partial<BalcaoRouteConfig>): void {
  const existing = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, method) as BalcaoRouteConfig | undefined;
  RouteConfig({ ...existing, ...config })(method as never, undefined as never, {
    value: method,
  });
}

/** What a guarded route asks for, and how it refuses, in the OpenAPI document. */
function document(method: object, { audience, kind, features = [] }: AccessRule): void {
  const reading = READING.has(Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod);
  const codes: ErrorCode[] = ['rate_limited', 'service_unavailable', ...features.map((name) => PORTAL_FEATURES[name])];
  if (!reading) codes.push('cross_site_request');
  if (kind !== 'public') {
    codes.push('unauthenticated');
    if (audience !== 'operator') codes.push('organization_suspended');
    if (!reading) codes.push('csrf_failed');
    if (kind === 'permission') codes.push('permission_denied');
    const descriptor = { value: method };
    // A browser's session needs the CSRF header to change something; a bearer token needs nothing else.
    const session = { [`${audience}Session`]: [], ...(reading ? {} : { [`${audience}Csrf`]: [] }) };
    for (const requirement of [{ bearer: [] }, session]) ApiSecurity(requirement)({}, '', descriptor as never);
  }
  addProblems(method, codes);
  documentProblems(method);
}
