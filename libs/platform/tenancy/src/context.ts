import type { Locale, PortalPermission, StaffPermission } from '@balcao/contracts';
import { clockOf, type Clock } from './clock.js';
import type { CommitMark } from './commit-mark.js';
import type { OperatorPrincipal, PortalPrincipal, StaffPrincipal } from './principal.js';

/** Who acts. `user` is a portal user. */
export interface Actor {
  type: 'user' | 'staff' | 'operator' | 'api_key' | 'system' | 'anonymous';
  id?: string;
  name?: string;
}

/**
 * Which rows exist for the actor: all of the organization's, those of one billing account, or what a visitor of the
 * portal may see without signing in.
 */
export type ContextScope = { kind: 'organization' } | AccountScope | { kind: 'visitor' };
export type AccountScope = { kind: 'account'; billingAccountId: string };

/** Where a request comes from. */
export interface Client {
  ip: string;
  /** The beginning of what it calls itself. */
  userAgent: string;
}

/**
 * What every use case needs to know of its caller; the explicit first argument of services and repositories.
 * It means the same in a request and in a job.
 */
export interface Context {
  requestId: string;
  locale: Locale;
  /** The language that a request asks for itself; absent where it says none that is offered. */
  askedLocale?: Locale;
  /** Business time. Absent as long as nobody knows whose. */
  clock?: Clock;
  actor: Actor;
  /** Absent while the tenant is unknown, and for operators, who belong to none. */
  organizationId?: string;
  portalId?: string;
  /** Languages that the portal offers; all of them where no portal is named. */
  languages?: readonly Locale[];
  scope?: ContextScope;
  client?: Client;
  /** What every transaction of this context commits besides its own changes. */
  commitMark?: CommitMark;
  /** Seconds until events of what is done are heard; none where absent. What much of the same is followed by can wait until it is done. */
  heardAfterSeconds?: number;
}

/** A context whose tenant is known: the only kind that opens a tenant's rows. */
export interface OrganizationContext extends Context {
  clock: Clock;
  organizationId: string;
  scope: ContextScope;
}

/** Of a request, signed in or not. */
export interface RequestContext extends Context {
  client: Client;
}

/** Of a signed-in customer: their account's rows, and what their role allows. */
export interface PortalContext extends OrganizationContext {
  actor: { type: 'user'; id: string; name: string };
  client: Client;
  portalId: string;
  scope: AccountScope;
  principal: PortalPrincipal;
  can(permission: PortalPermission): boolean;
}

/** Of somebody of the organization who is signed in to the console. */
export interface StaffContext extends OrganizationContext {
  actor: { type: 'staff'; id: string; name: string };
  client: Client;
  scope: { kind: 'organization' };
  principal: StaffPrincipal;
  can(permission: StaffPermission): boolean;
}

/** Of somebody who runs the installation. */
export interface OperatorContext extends Context {
  actor: { type: 'operator'; id: string; name: string };
  client: Client;
  principal: OperatorPrincipal;
}

/** Of a person of the organization's or of a customer's; `actor.type` tells which. */
export type PersonContext = PortalContext | StaffContext;

export const anonymousActor: Actor = { type: 'anonymous' };

/** The context of a customer's request, or of the same customer elsewhere. */
export function portalContext(base: RequestContext, principal: PortalPrincipal): PortalContext {
  return {
    ...base,
    clock: clockOf(principal.organization),
    actor: { type: 'user', id: principal.user.id, name: principal.user.name },
    organizationId: principal.organization.id,
    portalId: principal.portal.id,
    languages: principal.portal.languages,
    scope: { kind: 'account', billingAccountId: principal.billingAccount.id },
    principal,
    can: (permission) => principal.permissions.has(permission),
  };
}

/** The context of a staff member's request. */
export function staffContext(base: RequestContext, principal: StaffPrincipal): StaffContext {
  return {
    ...base,
    clock: clockOf(principal.organization),
    actor: { type: 'staff', id: principal.user.id, name: principal.user.name },
    organizationId: principal.organization.id,
    scope: { kind: 'organization' },
    principal,
    can: (permission) => principal.permissions.has(permission),
  };
}

/** The context of an operator's request. */
export function operatorContext(base: RequestContext, principal: OperatorPrincipal): OperatorContext {
  return { ...base, actor: { type: 'operator', id: principal.user.id, name: principal.user.name }, principal };
}

/**
 * Context of work that the system does for an organization by itself, in jobs and during sign-in.
 * @param base says whose time it is, by `clockOf`, as the context of a request does once it knows its tenant
 */
export function systemContext(
  organizationId: string,
  base: Partial<Context> & Pick<OrganizationContext, 'clock'>,
): OrganizationContext {
  return {
    requestId: base.requestId ?? 'system',
    locale: base.locale ?? 'pt-BR',
    askedLocale: base.askedLocale,
    clock: base.clock,
    actor: base.actor ?? { type: 'system' },
    client: base.client,
    portalId: base.portalId,
    commitMark: base.commitMark,
    organizationId,
    scope: { kind: 'organization' },
  };
}
