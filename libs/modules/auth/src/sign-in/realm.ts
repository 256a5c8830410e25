import { DAY_MS, type AuditAction } from '@balcao/contracts';
import { portalUserCredentials, staffCredentials, type UserCredentials } from '@balcao/module-directory';
import type { Actor } from '@balcao/platform-tenancy';
import { securitySettings, type PortalSecurity } from '../security-settings.js';

export type RealmName = 'portal' | 'staff' | 'operator';

/** Somebody whom a name at sign-in can mean. */
export interface Candidate {
  /** Null for operators, who belong to no organization. */
  organizationId: string | null;
  organizationSlug?: string;
  organizationName?: string;
  organizationStatus: 'active' | 'suspended';
  /** What time it is there, where it stands still. */
  organizationNow: Date | null;
  /** Portal that a session of theirs belongs to. */
  portalId: string | null;
  /** Portal that mails lead them to: that one, if it lets them in, else another that does. */
  homePortalId: string | null;
  billingAccountId?: string;
  billingAccountName?: string;
  userId: string;
  email: string;
  passwordHash: string | null;
  credentialVersion: number;
  status: 'active' | 'pending_verification' | 'pending_invitation' | 'suspended' | 'locked';
  lockedUntil: Date | null;
  ssoOnly: boolean;
  /** Whether they set the password by a link of a mail; otherwise their organization alone says whose the address is. */
  emailProved: boolean;
  security: PortalSecurity;
}

/** What differs between those who sign in: customers, staff and operators. */
export interface Realm {
  name: RealmName;
  actor: Actor['type'];
  target: 'portal_user' | 'staff_user' | 'operator';
  /** Accounts of one organization that a name can mean. */
  accountsOfName: number;
  actions: { login: AuditAction; failed: AuditAction };
  lifetime(security: Candidate['security']): { idleMs: number; absoluteMs: number };
}

/** Those whom an organization knows: they are locked, and set their passwords by links. */
export interface PersonRealm extends Realm {
  name: 'portal' | 'staff';
  target: 'portal_user' | 'staff_user';
  /** Member of a mail's ids that names the person. */
  mailId: 'userId' | 'staffId';
  /** Writes the columns that prove who somebody is. */
  credentials: UserCredentials;
  actions: Realm['actions'] & {
    locked: AuditAction;
    resetRequested: AuditAction;
    reset: AuditAction;
    changed: AuditAction;
    refused: AuditAction;
  };
}

/** Rules for those whom no portal's settings concern, and for names that nobody has. */
export const DEFAULT_SECURITY = securitySettings.of({});

export const PORTAL_REALM: PersonRealm = {
  name: 'portal',
  actor: 'user',
  target: 'portal_user',
  accountsOfName: 5,
  mailId: 'userId',
  credentials: portalUserCredentials,
  actions: {
    login: 'portal.login',
    failed: 'portal.login.failed',
    locked: 'portal.user.locked',
    resetRequested: 'portal.password.reset_requested',
    reset: 'portal.password.reset',
    changed: 'portal.profile.password.change',
    refused: 'portal.profile.password.refused',
  },
  lifetime: ({ sessionAbsoluteDays }) => ({ idleMs: DAY_MS, absoluteMs: sessionAbsoluteDays * DAY_MS }),
};

export const STAFF_REALM: PersonRealm = {
  name: 'staff',
  actor: 'staff',
  target: 'staff_user',
  accountsOfName: 1,
  mailId: 'staffId',
  credentials: staffCredentials,
  actions: {
    login: 'staff.login',
    failed: 'staff.login.failed',
    locked: 'staff.user.locked',
    resetRequested: 'staff.password.reset_requested',
    reset: 'staff.password.reset',
    changed: 'staff.profile.password.change',
    refused: 'staff.profile.password.refused',
  },
  lifetime: () => ({ idleMs: DAY_MS, absoluteMs: 7 * DAY_MS }),
};

export const OPERATOR_REALM: Realm = {
  name: 'operator',
  actor: 'operator',
  target: 'operator',
  accountsOfName: 1,
  actions: { login: 'operator.login', failed: 'operator.login.failed' },
  lifetime: () => ({ idleMs: DAY_MS / 2, absoluteMs: DAY_MS / 2 }),
};
