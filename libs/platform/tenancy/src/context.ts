import type { Locale } from '@balcao/contracts';
import { systemClock, type Clock } from './clock.js';
import type { CommitMark } from './commit-mark.js';

/** Who acts. `user` is a portal user (S3.91). */
export interface Actor {
  type: 'user' | 'staff' | 'operator' | 'api_key' | 'system' | 'anonymous';
  id?: string;
  name?: string;
}

/**
 * Which rows exist for the actor: all of the organization's, those of one billing account, or what a visitor of the
 * portal may see without signing in.
 */
export type ContextScope =
  { kind: 'organization' } | { kind: 'account'; billingAccountId: string } | { kind: 'visitor' };

/**
 * What every use case needs to know of its caller; the explicit first argument of services and repositories.
 * It means the same in a request and in a job.
 */
export interface Context {
  requestId: string;
  locale: Locale;
  clock: Clock;
  actor: Actor;
  /** Absent while the tenant is unknown, and for operators, who belong to none. */
  organizationId?: string;
  portalId?: string;
  /** Languages that the portal offers; all of them where no portal is named. */
  languages?: readonly Locale[];
  scope?: ContextScope;
  client?: { ip: string; userAgent: string };
  /** What every transaction of this context commits besides its own changes. */
  commitMark?: CommitMark;
}

/** A context whose tenant is known: the only kind that opens a tenant's rows. */
export interface OrganizationContext extends Context {
  organizationId: string;
  scope: ContextScope;
}

export const anonymousActor: Actor = { type: 'anonymous' };

/** Context of work that the system does for an organization by itself, in jobs and during sign-in. */
export function systemContext(organizationId: string, base?: Partial<Context>): OrganizationContext {
  return {
    requestId: base?.requestId ?? 'system',
    locale: base?.locale ?? 'pt-BR',
    clock: base?.clock ?? systemClock,
    actor: base?.actor ?? { type: 'system' },
    client: base?.client,
    portalId: base?.portalId,
    commitMark: base?.commitMark,
    organizationId,
    scope: { kind: 'organization' },
  };
}
