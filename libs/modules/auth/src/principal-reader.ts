import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import DataLoader from 'dataloader';
import { STAFF_ROLE_PERMISSIONS, type Locale, type PortalPermission, type StaffRole } from '@balcao/contracts';
import { brandingOf, featuresOf, type PortalFeatures } from '@balcao/module-directory';
import { SessionStore } from '@balcao/platform-state';
import {
  Database,
  type AudienceName,
  type OperatorPrincipal,
  type OrganizationFacts,
  type PortalPrincipal,
  type Principal,
  type StaffPrincipal,
} from '@balcao/platform-tenancy';
import { IDLE_MS } from './session.service.js';

interface OrganizationColumns {
  organization_id: string;
  organization_slug: string;
  organization_name: string;
  organization_status: OrganizationFacts['status'];
  organization_locale: Locale;
  organization_time_zone: string;
  organization_currency: string;
}

interface SessionColumns {
  session_id: string;
  expires_at: Date;
  last_seen_at: Date;
  user_id: string;
  email: string;
  name: string;
}

interface PortalSessionRow extends SessionColumns, OrganizationColumns {
  token_hash: Buffer;
  portal_id: string;
  portal_slug: string;
  portal_name: string;
  portal_languages: { languages?: Locale[]; defaultLocale?: Locale };
  features: Partial<PortalFeatures>;
  billing_account_id: string;
  billing_account_name: string;
  billing_account_external_id: string | null;
  user_status: string;
  receive_notifications: boolean;
  locale: Locale | null;
  time_zone: string | null;
  permissions: PortalPermission[];
}

interface StaffSessionRow extends SessionColumns, OrganizationColumns {
  role: StaffRole;
  locale: Locale | null;
}

/** A portal session is asked for by the SHA-256 of its token, or by its id. */
type PortalSessionKey = { tokenHash: Buffer } | { sessionId: string };

const TOUCH_AFTER_MS = 60_000;
const MOST_SESSIONS_AT_ONCE = 200;

/** Answers session, user, account, role and portal switches with one statement (decision 8). Nothing is cached. */
@Injectable()
export class PrincipalReader {
  /**
   * Requests that arrive in the same turn of the event loop share a statement: under load the look-up costs a fraction,
   * and at rest nothing is waited for. The statement begins after all of them have arrived, so none sees a session
   * that had ended before.
   */
  private readonly portalSessions = new DataLoader<PortalSessionKey, PortalSessionRow | undefined>(
    (keys) => this.findPortalSessions(keys),
    { cache: false, maxBatchSize: MOST_SESSIONS_AT_ONCE, batchScheduleFn: (ask) => setImmediate(ask) },
  );

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionStore,
  ) {}

  async bySessionToken(audience: 'staff', tokenHash: Buffer, slide?: boolean): Promise<StaffPrincipal | undefined>;
  async bySessionToken(
    audience: 'operator',
    tokenHash: Buffer,
    slide?: boolean,
  ): Promise<OperatorPrincipal | undefined>;
  async bySessionToken(audience: AudienceName, tokenHash: Buffer, slide?: boolean): Promise<Principal | undefined>;
  async bySessionToken(audience: AudienceName, tokenHash: Buffer, slide = true): Promise<Principal | undefined> {
    if (audience === 'portal') return this.portal(await this.portalSessions.load({ tokenHash }), slide);
    if (audience === 'staff')
      return this.staff(await this.database.door<StaffSessionRow>('door_staff_session', [tokenHash]), slide);
    if (audience === 'operator')
      return this.operator(await this.database.door<SessionColumns>('door_operator_session', [tokenHash]), slide);
    return undefined;
  }

  /** The principal of a portal session that a JWT names. */
  async bySessionId(sessionId: string): Promise<PortalPrincipal | undefined> {
    if (!isUUID(sessionId)) return undefined;
    return this.portal(await this.portalSessions.load({ sessionId }));
  }

  private async findPortalSessions(keys: readonly PortalSessionKey[]): Promise<(PortalSessionRow | undefined)[]> {
    const places = keys.map((key) => ('tokenHash' in key ? key.tokenHash.toString('hex') : key.sessionId));
    const hashes = new Set(places.filter((_place, index) => 'tokenHash' in keys[index]!));
    const ids = new Set(places.filter((_place, index) => 'sessionId' in keys[index]!));
    const rows = await this.database.door<PortalSessionRow>('door_portal_sessions', [
      Array.from(hashes, (hash) => Buffer.from(hash, 'hex')),
      [...ids],
    ]);
    const found = new Map<string, PortalSessionRow>();
    for (const row of rows) {
      found.set(row.token_hash.toString('hex'), row);
      found.set(row.session_id, row);
    }
    return places.map((place) => found.get(place));
  }

  private async portal(row: PortalSessionRow | undefined, slide = true): Promise<PortalPrincipal | undefined> {
    if (!row) return undefined;
    const { languages, defaultLocale } = brandingOf(row.portal_languages);
    return {
      audience: 'portal',
      ...(await this.session(row, slide)),
      user: {
        id: row.user_id,
        email: row.email,
        name: row.name,
        locale: row.locale,
        timeZone: row.time_zone,
        status: row.user_status,
        receiveNotifications: row.receive_notifications,
      },
      organization: organizationOf(row),
      portal: {
        id: row.portal_id,
        slug: row.portal_slug,
        name: row.portal_name,
        languages,
        defaultLocale,
      },
      billingAccount: {
        id: row.billing_account_id,
        name: row.billing_account_name,
        externalId: row.billing_account_external_id,
      },
      permissions: new Set(row.permissions),
      features: featuresOf(row.features),
    };
  }

  private async staff([row]: StaffSessionRow[], slide: boolean): Promise<StaffPrincipal | undefined> {
    if (!row) return undefined;
    return {
      audience: 'staff',
      ...(await this.session(row, slide)),
      user: {
        id: row.user_id,
        email: row.email,
        name: row.name,
        locale: row.locale,
        role: row.role,
      },
      organization: organizationOf(row),
      permissions: new Set(STAFF_ROLE_PERMISSIONS[row.role]),
    };
  }

  private async operator([row]: SessionColumns[], slide: boolean): Promise<OperatorPrincipal | undefined> {
    if (!row) return undefined;
    return {
      audience: 'operator',
      ...(await this.session(row, slide)),
      user: { id: row.user_id, email: row.email, name: row.name, locale: null },
    };
  }

  /** Slides the session, but not more often than once a minute: readers must not become writers. */
  private async session(row: SessionColumns, slide: boolean): Promise<{ sessionId: string; sessionExpiresAt: Date }> {
    let expiresAt = row.expires_at;
    if (slide && Date.now() - row.last_seen_at.getTime() > TOUCH_AFTER_MS) {
      expiresAt = (await this.sessions.touch(row.session_id, IDLE_MS)) ?? expiresAt;
    }
    return { sessionId: row.session_id, sessionExpiresAt: expiresAt };
  }
}

function organizationOf(row: OrganizationColumns): OrganizationFacts {
  return {
    id: row.organization_id,
    slug: row.organization_slug,
    name: row.organization_name,
    status: row.organization_status,
    locale: row.organization_locale,
    timeZone: row.organization_time_zone,
    currency: row.organization_currency,
  };
}
