import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { Database, sql, type Db } from '@balcao/platform-tenancy';
import type { RealmName } from './realm.js';

/**
 * Whom an attempt aims at, and from where: a person, or a name that nobody has, as seen from a device that signed in
 * before or from strangers.
 */
export interface LockSubject {
  realm: RealmName;
  organizationId: string | null;
  /** The person's id, or what was typed. */
  who: string;
  deviceId?: string;
}

export interface LockPolicy {
  /** Consecutive wrong passwords that lock. */
  lockThreshold: number;
  /** Minutes that a lock lasts; 0 until staff or a password reset ends it. */
  lockMinutes: number;
}

/**
 * Locks after too many consecutive wrong passwords, whether or not anybody has that name. Devices that signed in before
 * are counted apart, so that a stranger cannot lock a customer out.
 */
@Injectable()
export class Lockout {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** Counts an attempt before anything is compared. @returns whether it may go on */
  async begin(subject: LockSubject, { lockThreshold }: LockPolicy): Promise<boolean> {
    const [row] = await this.database.door<{ allowed: boolean }>('door_login_begin', [
      ...this.keys(subject),
      lockThreshold,
    ]);
    return row!.allowed;
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

  /** The attempt does not count after all. */
  async takeBack(subject: LockSubject): Promise<void> {
    await this.database.door('door_login_taken_back', this.keys(subject));
  }

  /** Forgets the wrong passwords of one counter, with the sign-in that the caller's transaction opens. */
  async forgive(db: Db, subject: LockSubject): Promise<void> {
    const [who, device] = this.keys(subject);
    await db.query(sql`select door_login_forgiven(${who}::bytea, ${device}::bytea)`);
  }

  /** Ends every lock of a person, by a new password or by staff. */
  async unlock(db: Db, subject: Omit<LockSubject, 'deviceId'>): Promise<void> {
    await db.query(sql`select door_login_forgiven(${this.keys(subject)[0]}::bytea, null)`);
  }

  /** Who mistyped what is nobody's business: only keyed digests are kept. */
  private keys({ realm, organizationId, who, deviceId }: LockSubject): [Buffer, Buffer] {
    const key = this.secrets.key('hash-pepper', 'login-failures');
    const digest = (facts: unknown[]) => createHmac('sha256', key).update(JSON.stringify(facts)).digest();
    return [digest([realm, organizationId, who]), deviceId ? digest([deviceId]) : Buffer.alloc(0)];
  }
}
