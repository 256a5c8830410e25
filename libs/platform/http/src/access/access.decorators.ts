import 'reflect-metadata';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import type { PortalFeature, PortalPermission, StaffPermission } from '@balcao/contracts';
import type { AccessRule, AudienceName, BalcaoRouteConfig } from './access-rule.js';

/**
 * Declares for whom a controller's routes are. Every route needs it, and one of `@Public`, `@Authenticated` or
 * `@RequirePermission`: the application refuses to start with a route that lacks either.
 */
export function Audience(audience: AudienceName): ClassDecorator {
  return (target) => {
    for (const name of Object.getOwnPropertyNames(target.prototype)) {
      const method: unknown = target.prototype[name];
      // Method decorators have run by now, so what they declared is completed here.
      if (typeof method === 'function' && accessOf(method)) declare(method, { audience });
    }
  };
}

/** Anybody may call it; no session is looked up. What it reads of a tenant is what a visitor may see. */
export function Public(): MethodDecorator {
  return access({ kind: 'public' });
}

/** Anybody who is signed in for the route's audience. */
export function Authenticated(): MethodDecorator {
  return access({ kind: 'authenticated' });
}

/** Only those whose role allows one of the named things. */
export function RequirePermission(...anyOf: (PortalPermission | StaffPermission)[]): MethodDecorator {
  return access({ kind: 'permission', anyOf });
}

/** The route answers 403 with a feature's code while the portal has it switched off. */
export function RequireFeature(...features: PortalFeature[]): MethodDecorator {
  return access({ features });
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
