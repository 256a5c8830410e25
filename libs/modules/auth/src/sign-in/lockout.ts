import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { Database, sql, type Db } from '@balcao/platform-tenancy';
import { LoginLimits, type LockSubject } from './login-limits.js';
import type { RealmName } from './realm.js';

export interface LockPolicy {
  /** Consecutive wrong passwords that lock. */
  lockThreshold: number;
  /** Minutes that a lock lasts; 0 until staff or a password reset ends it. */
  lockMinutes: number;
}

/** A name as it was typed, and where: the same whether or not anybody has it. */
export const nameSubject = (realm: RealmName, organizationId: string | null, login: string): LockSubject => ({
  realm,
  organizationId,
  who: `name ${login}`,
});

/**
 * Locks after too many consecutive wrong passwords. Devices that signed in before are counted apart, so that a stranger
 * cannot lock a customer out.
 */
@Injectable()
export class Lockout {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly limits: LoginLimits,
  ) {}

  /** Counts an attempt before anything is compared. @returns what refuses it: rate_limited or account_locked */
  async begin(subject: LockSubject, { lockThreshold }: LockPolicy): Promise<DomainError | undefined> {
    const limited = await this.limits.spendAccount('login', subject);
    if (limited) return limited;
    const [row] = await this.database.door<{ allowed: boolean }>('door_login_begin', [
      ...this.keys(subject),
      lockThreshold,
    ]);
    return row!.allowed ? undefined : new DomainError('account_locked');
  }

  /** The attempt was wrong. @returns until when sign-in is locked, if this one locked it */
  async failed(subject: LockSubject, { lockThreshold, lockMinutes }: LockPolicy): Promise<Date | undefined> {
    const [row] = await this.database.door<{ lockedUntil: Date }>('door_login_failed', [
      ...this.keys(subject),
      lockThreshold,
      lockMinutes,
    ]);
    return row?.lockedUntil;
  }

  /** The attempt locks nobody; within the limit of attempts it still counts. */
  async excuse(subject: LockSubject): Promise<void> {
    await this.database.door('door_login_taken_back', this.keys(subject));
  }

  /** The attempt does not count after all. */
  async takeBack(subject: LockSubject): Promise<void> {
    await this.excuse(subject);
    await this.limits.giveBackAccount('login', subject);
  }

  /** Forgets the wrong passwords of one counter, with the sign-in that the caller's transaction opens. */
  async forgive(db: Db, subject: LockSubject): Promise<void> {
    const [who, device] = this.keys(subject);
    await db.query(sql`select door_login_forgiven(${who}::bytea, ${device}::bytea)`);
  }

  /**
   * Ends every lock of somebody, from whichever device and by whichever of their names, within the transaction of what
   * ends it. @returns what is left to do once that is committed
   */
  async unlock(
    db: Db,
    realm: RealmName,
    organizationId: string,
    { id, email, username }: { id: string; email: string; username?: string | null },
  ): Promise<() => Promise<void>> {
    // In one order, since others have these names elsewhere.
    const names = [email, username].filter((name) => typeof name === 'string').sort();
    const subjects = [
      ...names.flatMap((name) => [nameSubject(realm, organizationId, name), nameSubject(realm, 'any', name)]),
      { realm, organizationId, who: id },
    ];
    for (const subject of subjects)
      await db.query(sql`select door_login_forgiven(${this.keys(subject)[0]}::bytea, null)`);
    return async () => {
      for (const subject of subjects) {
        await this.limits.clearAccount('login', subject);
        await this.limits.clearAccount('entry', subject);
      }
    };
  }

  /** Locks a name until somebody ends it, there and where no organization is named, as wrong passwords would. */
  async lockName(realm: RealmName, organizationId: string, login: string): Promise<void> {
    for (const place of [organizationId, 'any']) {
      const subject = nameSubject(realm, place, login);
      await this.begin(subject, { lockThreshold: 1, lockMinutes: 0 });
      await this.failed(subject, { lockThreshold: 1, lockMinutes: 0 });
    }
  }

  /** Who mistyped what is nobody's business: only keyed digests are kept. */
  private keys({ realm, organizationId, who, deviceId }: LockSubject): [Buffer, Buffer] {
    const key = this.secrets.key('hash-pepper', 'login-failures');
    const digest = (facts: unknown[]) => createHmac('sha256', key).update(JSON.stringify(facts)).digest();
    return [digest([realm, organizationId, who]), deviceId ? digest([deviceId]) : Buffer.alloc(0)];
  }
}
