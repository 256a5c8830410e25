import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOCALES, PORTAL_FEATURES, askedLocale, parsedUrl } from '@balcao/contracts';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import {
  anonymousActor,
  operatorContext,
  portalContext,
  staffContext,
  clockOf,
  type AddressedTenant,
  type AudienceName,
  type OfferedLanguages,
  type Principal,
  type RequestContext,
} from '@balcao/platform-tenancy';
import type { AccessRule, BalcaoRouteConfig } from './access-rule.js';
import { Authenticator, TenantResolver, type Credentials } from './authenticator.js';
import { cookieNames, csrfHeaderName } from './cookies.js';
import { CsrfTokens } from './csrf-tokens.js';
import { DailyWrites, writesOf } from './daily-writes.js';
import { isHost, portalAddressOf, type PortalAddress } from './portal-address.js';
import { RequestBudget } from './request-budget.js';
import { demandFewParameters } from '../input-limits.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Names the user that a request is meant for: the browser's cookie may have become another's since the page was drawn. */
const SESSION_USER = 'x-session-user';

/** More than any address of ours has; what is longer names nothing, and costs every look at it. */
const LONGEST_PATH = 2_000;

/**
 * Runs before a body is read, in this order: budget, form of the request, host, tenant, authentication, for whom it is
 * meant, CSRF, feature, permission, what may be written in a day. (503 comes first by itself: each of the later ones asks
 * the database.)
 */
@Injectable()
export class AccessPipeline {
  private readonly publicOrigin: string;

  constructor(
    private readonly config: AppConfig,
    private readonly authenticator: Authenticator,
    private readonly tenants: TenantResolver,
    private readonly csrf: CsrfTokens,
    private readonly budget: RequestBudget,
    private readonly writes: DailyWrites,
  ) {
    this.publicOrigin = new URL(config.publicUrl).origin;
  }

  /** Fastify's `onRequest` hook. */
  async handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const address = portalAddressOf(request, this.config);
    const context = this.contextOf(request);
    request.balcao = { base: address.base, context };
    const config = (request.routeOptions.config ?? {}) as BalcaoRouteConfig;
    const { access, guardedBy } = config;
    if (access) reply.header('vary', 'Authorization, Cookie, Accept-Language, accept-encoding');
    if (!config.probe) this.budget.spend(request, reply, config.cost);
    demandOneHost(request);
    demandFewParameters(request.url);
    if (request.url.split('?', 1)[0]!.length > LONGEST_PATH) throw new DomainError('uri_too_long');
    await this.demandHost(request, address, config);
    if (guardedBy === 'operator') await this.admitOperator(request, reply);
    // Pages and documentation are everybody's; unknown routes have nothing to protect.
    if (!access) return;
    if (access.kind === 'public') await this.admitAnybody(request, access, address);
    else await this.admitPrincipal(request, reply, access, address);
  }

  /** Whether a request that was admitted, and is answered for as long as it likes, would be admitted again as it was. */
  async stillAdmits(request: FastifyRequest): Promise<boolean> {
    const { audience } = (request.routeOptions.config as BalcaoRouteConfig).access!;
    const now = await this.principalOf(request, audience);
    return now !== undefined && rightsOf(now) === rightsOf(request.balcao.principal!);
  }

  private async admitAnybody(request: FastifyRequest, access: AccessRule, address: PortalAddress): Promise<void> {
    if (!SAFE_METHODS.has(request.method)) this.refuseCrossSite(request, access.audience);
    if (access.audience !== 'portal') return;
    const tenant =
      (await this.addressedTenant(request, address, access.recent)) ??
      (access.orOwnPortal && (await this.ownTenant(request)));
    if (!tenant) return;
    request.balcao.tenant = tenant;
    requireFeatures(access, tenant.features);
    const { context } = request.balcao;
    Object.assign(context, languageOf(request, tenant));
    context.languages = tenant.languages;
    context.organizationId = tenant.organization.id;
    context.clock = clockOf(tenant.organization);
    context.portalId = tenant.portal.id;
    context.scope = { kind: 'visitor' };
  }

  private async admitPrincipal(
    request: FastifyRequest,
    reply: FastifyReply,
    access: AccessRule,
    address: PortalAddress,
  ): Promise<void> {
    const principal = await this.authenticate(request, reply, access.audience);
    // The session's own row names its portal, so a matching path costs no further statement.
    const addressMatches =
      address.kind === 'slug' ? portalOf(principal)?.slug === address.slug : request.balcao.ofHost === undefined;
    if (access.audience === 'portal' && !addressMatches) {
      const tenant = await this.addressedTenant(request, address);
      if (!principal || portalOf(principal)?.id !== tenant?.portal.id) throw new DomainError('unauthenticated');
    }
    if (!principal) throw new DomainError('unauthenticated');
    if (principal.audience !== 'operator' && principal.organization.status === 'suspended')
      throw new DomainError('organization_suspended');
    request.balcao.principal = principal;
    request.balcao.context = this.principalContext(request, principal);
    demandMeant(request, principal);
    if (principal.audience === 'portal' && !principal.portal.admits && !access.anyRole)
      // The session stays: the role may be let in again, and the person may go where it is.
      throw await this.tenants.roleRefusal(portalContext(request.balcao.context, principal), principal.user.id);
    if (request.headers.authorization === undefined && !SAFE_METHODS.has(request.method))
      this.requireCsrf(request, access.audience, principal);
    if (principal.audience === 'portal') requireFeatures(access, principal.features);
    if (access.kind === 'permission') requirePermission(access, principal);
    await this.writes.spend(principal, writesOf(request.method, request.routeOptions.config as BalcaoRouteConfig));
  }

  /** For tools without our CSRF header: whoever changes something there must come from the same origin. */
  private async admitOperator(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const principal = await this.authenticate(request, reply, 'operator');
    if (!principal) throw new DomainError('unauthenticated');
    request.balcao.principal = principal;
    request.balcao.context = this.principalContext(request, principal);
    if (SAFE_METHODS.has(request.method)) return;
    if (request.headers.origin === undefined && request.headers['sec-fetch-site'] !== 'same-origin')
      throw new DomainError('cross_site_request');
    this.refuseCrossSite(request, 'operator');
  }

  /**
   * Whoever points a name at the installation decides what answers there later, so staff and operators leave no cookie but
   * at its own host, and at a host that is nobody's nothing answers but what does not depend on it.
   */
  private async demandHost(
    request: FastifyRequest,
    address: PortalAddress,
    { access, installation, probe }: BalcaoRouteConfig,
  ): Promise<void> {
    if (probe && address.kind === 'host') return;
    if (address.kind === 'host') {
      // So may pages, whose answers are the same for all.
      request.balcao.ofHost = await this.tenants.byHost(address.host, access?.recent ?? !access);
      const asksCredentials = access?.audience === 'portal' && access.kind !== 'public';
      const bringsThem = asksCredentials && request.headers.authorization !== undefined;
      if (!request.balcao.ofHost && !bringsThem)
        throw new DomainError('misdirected_request', await this.insteadOf(address));
    }
    if (address.kind === 'slug' && address.at && !probe)
      await this.demandSameOrganization(address, address.at, access?.recent ?? !access);
    const ofPortal = address.kind === 'slug' || request.balcao.ofHost !== undefined;
    if (ofPortal && (installation || (access && access.audience !== 'portal'))) throw new DomainError('not_found');
  }

  /** What stands at a portal's own name speaks for its organization: no other one's portal does, whatever the path says. */
  private async demandSameOrganization(
    { slug }: { slug: string },
    at: { slug: string } | { host: string },
    recent: boolean,
  ): Promise<void> {
    const [owner, addressed] = await Promise.all([
      'slug' in at ? this.tenants.bySlug(at.slug, recent) : this.tenants.byHost(at.host, recent),
      this.tenants.bySlug(slug, recent),
    ]);
    if (owner && addressed && owner.organization.id !== addressed.organization.id) throw new DomainError('not_found');
  }

  private async addressedTenant(
    request: FastifyRequest,
    address: PortalAddress,
    recent?: boolean,
  ): Promise<AddressedTenant | undefined> {
    if (address.kind !== 'slug' && !request.balcao.ofHost) return undefined;
    const tenant = address.kind === 'slug' ? await this.tenants.bySlug(address.slug, recent) : request.balcao.ofHost;
    if (!tenant) throw new DomainError('not_found', await this.insteadOf(address));
    if (tenant.organization.status === 'suspended') throw new DomainError('organization_suspended');
    return tenant;
  }

  /** Where people find what was there, in the problem's members. */
  private async insteadOf(address: PortalAddress): Promise<{ extensions?: Record<string, unknown> }> {
    const other = address.kind === 'bare' ? undefined : await this.tenants.insteadOf(address);
    return other ? { extensions: { portals: [{ name: other.name, address: other.address }] } } : {};
  }

  /** Who acts; their requests cost their own budget, and what proves nobody costs the address's. */
  private async authenticate(
    request: FastifyRequest,
    reply: FastifyReply,
    audience: AudienceName,
  ): Promise<Principal | undefined> {
    const credentials = this.credentialsOf(request, audience);
    const principal = credentials && (await this.authenticator.authenticate(audience, credentials));
    const { cost } = (request.routeOptions.config ?? {}) as BalcaoRouteConfig;
    if (principal) this.budget.prove(request, principal.user.id, reply, cost);
    else this.budget.disprove(request);
    return principal;
  }

  /** The tenant that a session of a portal belongs to. */
  private async ownTenant(request: FastifyRequest): Promise<AddressedTenant | undefined> {
    const principal = await this.principalOf(request, 'portal');
    if (principal?.audience !== 'portal') return undefined;
    demandMeant(request, principal);
    request.balcao.principal = principal;
    return this.addressedTenant(request, { kind: 'slug', base: '', slug: principal.portal.slug });
  }

  /** Who acts, without keeping their session alive. */
  private async principalOf(request: FastifyRequest, audience: AudienceName): Promise<Principal | undefined> {
    const credentials = this.credentialsOf(request, audience);
    return credentials && this.authenticator.look(audience, credentials);
  }

  /** A present Authorization header counts alone, even when it is worth nothing. */
  private credentialsOf(request: FastifyRequest, audience: AudienceName): Credentials | undefined {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization)?.[1];
      return token ? { via: 'bearer', token } : undefined;
    }
    const token = request.cookies[cookieNames(audience, this.config.portalCookiePrefix).session];
    return token && token.length <= 200 ? { via: 'cookie', token } : undefined;
  }

  private requireCsrf(request: FastifyRequest, audience: AudienceName, principal: Principal): void {
    this.refuseCrossSite(request, audience);
    const header = request.headers[csrfHeaderName(audience, this.config.portalCookiePrefix)];
    const cookie = request.cookies[cookieNames(audience, this.config.portalCookiePrefix).csrf];
    if (!this.csrf.verify(principal.sessionId, cookie, Array.isArray(header) ? header[0] : header)) {
      throw new DomainError('csrf_failed');
    }
  }

  private refuseCrossSite(request: FastifyRequest, audience: AudienceName): void {
    const site = request.headers['sec-fetch-site'];
    if (site === 'cross-site') throw new DomainError('cross_site_request');
    const { origin } = request.headers;
    if (origin === undefined) return;
    const own = [this.publicOrigin, `${request.protocol}://${request.host}`];
    // A page of the same host may be served on another scheme by a proxy that is not configured as trusted.
    const sameHost = audience === 'portal' && parsedUrl(origin)?.host === request.host;
    if (!own.includes(origin) && !sameHost) throw new DomainError('cross_site_request');
  }

  private contextOf(request: FastifyRequest): RequestContext {
    return {
      requestId: request.id,
      ...languageOf(request, { languages: LOCALES, defaultLocale: 'pt-BR' }),
      actor: anonymousActor,
      client: {
        ip: request.ip,
        userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
      },
    };
  }

  private principalContext(request: FastifyRequest, principal: Principal): RequestContext {
    const offered = offeredTo(principal);
    const own = offered.languages.find((locale) => locale === principal.user.locale);
    const language = languageOf(request, { ...offered, defaultLocale: own ?? offered.defaultLocale });
    const base = { ...request.balcao.context, ...language, languages: offered.languages };
    switch (principal.audience) {
      case 'portal':
        return portalContext(base, principal);
      case 'staff':
        return staffContext(base, principal);
      case 'operator':
        return operatorContext(base, principal);
    }
  }
}

/** The language of the answer, and whether the request asks for it itself. */
function languageOf({ headers }: FastifyRequest, { languages, defaultLocale }: OfferedLanguages) {
  const asked = askedLocale(headers['accept-language'], languages);
  return { askedLocale: asked, locale: asked ?? defaultLocale };
}

/** Everything of a principal that decides what they may see. */
function rightsOf(principal: Principal): string {
  if (principal.audience === 'operator') return principal.sessionId;
  const { sessionId, organization, permissions } = principal;
  const ofPortal =
    principal.audience === 'portal' ? [principal.billingAccount.id, principal.portal.admits, principal.features] : [];
  return JSON.stringify([sessionId, organization.id, organization.status, ofPortal, [...permissions].sort()]);
}

/** An empty name is none. @throws DomainError session_changed where somebody else is signed in than is meant */
function demandMeant({ headers }: FastifyRequest, { user }: Principal): void {
  const meant = headers[SESSION_USER];
  if (meant && meant !== user.id) throw new DomainError('session_changed');
}

/**
 * RFC 9112 §3.2: one host and nothing else, or it could mean one to the proxy and another here.
 * @throws DomainError malformed_request
 */
function demandOneHost({ raw, host }: FastifyRequest): void {
  const hosts = raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && raw.httpVersion !== '1.0') || !isHost(host))
    throw new DomainError('malformed_request');
}

function requireFeatures({ features: required = [] }: AccessRule, features: Readonly<Record<string, boolean>>): void {
  const missing = required.find((feature) => features[feature] === false);
  if (missing) throw new DomainError(PORTAL_FEATURES[missing]);
}

function requirePermission({ anyOf = [] }: AccessRule, principal: Principal): void {
  const held: ReadonlySet<string> = principal.audience === 'operator' ? new Set() : principal.permissions;
  if (!anyOf.some((permission) => held.has(permission))) throw new DomainError('permission_denied');
}

const portalOf = (principal: Principal | undefined) =>
  principal?.audience === 'portal' ? principal.portal : undefined;

/** A portal's customers read its languages; staff and operators read all that there are. */
function offeredTo(principal: Principal): OfferedLanguages {
  if (principal.audience === 'portal') return principal.portal;
  return {
    languages: LOCALES,
    defaultLocale: principal.audience === 'staff' ? principal.organization.locale : 'pt-BR',
  };
}
