import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUUID } from 'class-validator';
import DataLoader from 'dataloader';
import { DAY_MS, STAFF_ROLE_PERMISSIONS, type Locale, type PortalPermission, type StaffRole } from '@balcao/contracts';
import { brandingSettings, featureSettings, type StoredSettings } from '@balcao/module-directory';
import {
  Database,
  type AudienceName,
  type OperatorPrincipal,
  type OrganizationFacts,
  type PortalPrincipal,
  type Principal,
  type SessionFacts,
  type StaffPrincipal,
} from '@balcao/platform-tenancy';
import { SessionService } from './session.service.js';

interface OrganizationColumns {
  organizationId: string;
  organizationSlug: string;
  organizationName: string;
  organizationStatus: OrganizationFacts['status'];
  organizationLocale: Locale;
  organizationTimeZone: string;
  organizationCurrency: string;
  organizationNow: Date | null;
}

interface SessionColumns {
  sessionId: string;
  expiresAt: Date;
  lastSeenAt: Date;
  methods: string[];
  authenticatedAt: Date;
  userId: string;
  email: string;
  name: string;
}

/** What is asked for of many at once tells them apart by this. */
interface TenantSessionRow extends SessionColumns, OrganizationColumns {
  tokenHash: Buffer;
}

interface PortalSessionRow extends TenantSessionRow {
  portalId: string;
  portalSlug: string;
  portalName: string;
  isAdmitted: boolean;
  settings: StoredSettings;
  billingAccountId: string;
  billingAccountName: string;
  billingAccountExternalId: string | null;
  userStatus: string;
  receiveNotifications: boolean;
  locale: Locale | null;
  timeZone: string | null;
  permissions: PortalPermission[];
}

interface StaffSessionRow extends TenantSessionRow {
  role: StaffRole;
  locale: Locale | null;
}

/** A session is asked for by the SHA-256 of its token, or, of a portal, by its id. */
type SessionKey = { tokenHash: Buffer } | { sessionId: string };

const TOUCH_AFTER_MS = 60_000;
const MOST_SESSIONS_AT_ONCE = 200;
/** A look-up that hangs holds those behind it up for no longer. */
const LONGEST_WAIT_MS = 10;

/** Answers session, user, account, role and portal switches with one statement. Nothing is cached. */
@Injectable()
export class PrincipalReader {
  private readonly portalSessions = inOneStatement((hashes, ids) =>
    this.database.door<PortalSessionRow>('door_portal_sessions', [hashes, ids]),
  );
  private readonly staffSessions = inOneStatement((hashes) =>
    this.database.door<StaffSessionRow>('door_staff_sessions', [hashes]),
  );

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
  ) {}

  async bySessionToken(audience: 'staff', tokenHash: Buffer, slide?: boolean): Promise<StaffPrincipal | undefined>;
  async bySessionToken(
    audience: 'operator',
    tokenHash: Buffer,
    slide?: boolean,
  ): Promise<OperatorPrincipal | undefined>;
  async bySessionToken(audience: AudienceName, tokenHash: Buffer, slide?: boolean): Promise<Principal | undefined>;
  async bySessionToken(audience: AudienceName, tokenHash: Buffer, slide = false): Promise<Principal | undefined> {
    if (audience === 'portal') return this.portal(await this.portalSessions.load({ tokenHash }), slide);
    if (audience === 'staff') return this.staff(await this.staffSessions.load({ tokenHash }), slide);
    if (audience === 'operator')
      return this.operator(await this.database.door<SessionColumns>('door_operator_session', [tokenHash]), slide);
    return undefined;
  }

  /** The principal of a portal session that a JWT names. */
  async bySessionId(sessionId: string, slide = false): Promise<PortalPrincipal | undefined> {
    if (!isUUID(sessionId)) return undefined;
    return this.portal(await this.portalSessions.load({ sessionId }), slide);
  }

  private async portal(row: PortalSessionRow | undefined, slide: boolean): Promise<PortalPrincipal | undefined> {
    if (!row) return undefined;
    const { languages, defaultLocale } = brandingSettings.some(row.settings, 'languages', 'defaultLocale');
    return {
      audience: 'portal',
      ...(await this.session(row, slide)),
      user: {
        id: row.userId,
        email: row.email,
        name: row.name,
        locale: row.locale,
        timeZone: row.timeZone,
        status: row.userStatus,
        receiveNotifications: row.receiveNotifications,
      },
      organization: organizationOf(row),
      portal: {
        id: row.portalId,
        slug: row.portalSlug,
        name: row.portalName,
        admits: row.isAdmitted,
        languages,
        defaultLocale,
      },
      billingAccount: {
        id: row.billingAccountId,
        name: row.billingAccountName,
        externalId: row.billingAccountExternalId,
      },
      permissions: new Set(row.permissions),
      features: featureSettings.of(row.settings),
    };
  }

  private async staff(row: StaffSessionRow | undefined, slide: boolean): Promise<StaffPrincipal | undefined> {
    if (!row) return undefined;
    return {
      audience: 'staff',
      ...(await this.session(row, slide)),
      user: {
        id: row.userId,
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
      user: { id: row.userId, email: row.email, name: row.name, locale: null },
    };
  }

  /** Slides the session, but not more often than once a minute: readers must not become writers. */
  private async session(row: SessionColumns, slide: boolean): Promise<SessionFacts> {
    let expiresAt = row.expiresAt;
    if (slide && Date.now() - row.lastSeenAt.getTime() > TOUCH_AFTER_MS) {
      expiresAt = (await this.sessions.touch(row.sessionId, DAY_MS)) ?? expiresAt;
    }
    const { sessionId, methods, authenticatedAt } = row;
    return { sessionId, sessionExpiresAt: expiresAt, methods, authenticatedAt };
  }
}

/**
 * Requests that arrive in the same turn of the event loop, or while another look-up is under way, share a statement: under
 * load it costs a fraction, and at rest nothing is waited for. The statement begins after all of them have arrived, so
 * none sees a session that had ended before.
 */
function inOneStatement<Row extends TenantSessionRow>(
  find: (hashes: Buffer[], ids: string[]) => Promise<readonly Row[]>,
): DataLoader<SessionKey, Row | undefined> {
  let underWay: Promise<unknown> | undefined;
  const findAll = async (keys: readonly SessionKey[]) => {
    const places = keys.map((key) => ('tokenHash' in key ? key.tokenHash.toString('hex') : key.sessionId));
    const hashes = new Set(places.filter((_place, index) => 'tokenHash' in keys[index]!));
    const ids = new Set(places.filter((_place, index) => 'sessionId' in keys[index]!));
    const found = new Map<string, Row>();
    const asked = find(
      Array.from(hashes, (hash) => Buffer.from(hash, 'hex')),
      [...ids],
    );
    const ended = asked
      .catch(() => {})
      .then(() => {
        if (underWay === ended) underWay = undefined;
      });
    underWay = ended;
    for (const row of await asked) {
      found.set(row.tokenHash.toString('hex'), row);
      found.set(row.sessionId, row);
    }
    return places.map((place) => found.get(place));
  };
  return new DataLoader(findAll, {
    cache: false,
    maxBatchSize: MOST_SESSIONS_AT_ONCE,
    batchScheduleFn: async (ask) => {
      if (underWay) await Promise.race([underWay, sleep(LONGEST_WAIT_MS)]);
      setImmediate(ask);
    },
  });
}

function organizationOf(row: OrganizationColumns): OrganizationFacts {
  return {
    id: row.organizationId,
    slug: row.organizationSlug,
    name: row.organizationName,
    status: row.organizationStatus,
    locale: row.organizationLocale,
    timeZone: row.organizationTimeZone,
    currency: row.organizationCurrency,
    now: row.organizationNow,
  };
}
