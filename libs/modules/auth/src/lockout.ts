import { createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';

export type LockRealm = 'portal' | 'staff';

/** Whose wrong passwords are counted: an e-mail in an organization, as seen from a known device or from strangers. */
export interface LockSubject {
  realm: LockRealm;
  email: string;
  /** Id of a device that signed in as this e-mail before; undefined for everybody else. */
  deviceId?: string;
}

export interface LockPolicy {
  threshold: number;
  /** 0: until staff or a password reset ends it. */
  minutes: number;
}

/** End of locks that have none. */
const FOREVER = '9999-12-31T00:00:00Z';

/**
 * Locks an e-mail after too many consecutive wrong passwords (decision 11), whether or not a user has it. Devices that
 * signed in before are counted apart, so that a stranger cannot lock a customer out.
 */
@Injectable()
export class Lockout {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** Whether sign-in is locked now; asked before any password is compared. */
  async isLocked(context: OrganizationContext, subject: LockSubject): Promise<boolean> {
    return this.database.read(context, async (db) => {
      const row = await db.first(sql`
        select 1 from login_failures f where ${db.tenant('f')} and f.realm = ${subject.realm}
          and f.email_hash = ${this.emailHash(subject)} and f.device_hash = ${this.deviceHash(subject)} and f.locked_until > now()`);
      return row !== undefined;
    });
  }

  /** Counts one wrong password. @returns until when the e-mail is locked, if this one locked it */
  async recordFailure(db: Db, subject: LockSubject, policy: LockPolicy): Promise<Date | undefined> {
    const row = await db.first<{
      failures: number;
      locked_until: Date | null;
    }>(sql`
      insert into login_failures as f (id, realm, email_hash, device_hash, failures)
      values (${newId()}::uuid, ${subject.realm}, ${this.emailHash(subject)}, ${this.deviceHash(subject)}, 1)
      on conflict (organization_id, realm, email_hash, device_hash) do update set
        failures = case when f.locked_until <= now() then 1 else f.failures + 1 end,
        locked_until = case when f.locked_until <= now() then null else f.locked_until end,
        updated_at = now()
      returning failures, locked_until`);
    if (!row || row.locked_until || row.failures < policy.threshold) return undefined;
    const locked = await db.first<{ locked_until: Date }>(sql`
      update login_failures f set locked_until = case when ${policy.minutes} = 0 then ${FOREVER}::timestamptz
        else now() + make_interval(mins => ${policy.minutes}) end
      where ${db.tenant('f')} and f.realm = ${subject.realm} and f.email_hash = ${this.emailHash(subject)}
        and f.device_hash = ${this.deviceHash(subject)} and f.locked_until is null
      returning locked_until`);
    return locked?.locked_until;
  }

  /** Forgets the wrong passwords of one counter, after a successful sign-in. */
  async forgive(db: Db, subject: LockSubject): Promise<void> {
    await db.execute(sql`
      delete from login_failures f where ${db.tenant('f')} and f.realm = ${subject.realm}
        and f.email_hash = ${this.emailHash(subject)} and f.device_hash = ${this.deviceHash(subject)}`);
  }

  /** Ends every lock of an e-mail, after a completed password reset or by staff. */
  async unlock(db: Db, realm: LockRealm, email: string): Promise<void> {
    await db.execute(sql`
      delete from login_failures f where ${db.tenant('f')} and f.realm = ${realm} and f.email_hash = ${this.emailHash({ email })}`);
  }

  /** E-mails of people who mistyped are nobody's business: only a keyed hash is kept. */
  private emailHash({ email }: { email: string }): Buffer {
    return createHmac('sha256', this.secrets.key('hash-pepper', 'email')).update(email).digest();
  }

  private deviceHash({ deviceId }: LockSubject): Buffer {
    return createHash('sha256')
      .update(deviceId ?? '')
      .digest();
  }
}
