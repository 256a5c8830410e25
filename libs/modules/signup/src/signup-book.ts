import { Injectable } from '@nestjs/common';
import { PortalUserEntity } from '@balcao/module-directory/entities';
import { newId } from '@balcao/platform-database';
import { found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { SignupStatus } from './domain/signup.js';
import { SignupEntity } from './persistence/signup.entity.js';

export type SignupValues = Partial<Omit<SignupEntity, 'id' | 'version' | 'createdAt'>>;

/** What is kept of somebody only until they are a user, or will be none. */
export const FORGOTTEN: SignupValues = {
  administratorName: null,
  administratorEmail: null,
  administratorPhone: null,
  passwordHash: null,
  corrections: null,
  typed: null,
  correctedFields: [],
  consents: [],
  accessRequest: null,
};

/**
 * Reads and writes signups. Whoever changes one holds it first, before the account and the person that it becomes. One
 * whose person staff have given another address by now, be it the first one again, has been handed over: it is read as
 * that, whoever has given it or will, and it becomes that where it is held.
 */
@Injectable()
export class SignupBook {
  constructor(private readonly events: Events) {}

  /** @throws DomainError not_found */
  async get(db: Db, id: string): Promise<SignupEntity> {
    return found(await this.find(db, { id }));
  }

  /** One that may not be there, by its id or its person. */
  async find(db: Db, where: { id: string } | { userId: string; status?: SignupStatus }): Promise<SignupEntity | null> {
    const signup = await db.repository(SignupEntity).findOneBy(where);
    return signup && { ...signup, ...(await this.handoverOf(db, signup)) };
  }

  /** With nobody else changing it until the transaction ends. @throws DomainError not_found */
  async hold(db: Db, id: string): Promise<SignupEntity> {
    return found(await this.holdIfThere(db, id));
  }

  /** The same for what may be gone by now. */
  async holdIfThere(db: Db, id: string): Promise<SignupEntity | null> {
    const signups = db.repository(SignupEntity);
    const signup = await signups.findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
    const handover = signup && (await this.handoverOf(db, signup));
    if (!handover) return signup;
    await signups.update({ id }, handover as never);
    return { ...signup, ...handover };
  }

  async insert(db: Db, context: OrganizationContext, signup: Omit<SignupEntity, 'version' | 'createdAt'>) {
    await db.repository(SignupEntity).insert({ ...signup, version: 1 } as never);
    await this.tell(db, context, signup.id);
  }

  /** Changes one that is held. @returns it as it is then */
  async change(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    values: SignupValues,
  ): Promise<SignupEntity> {
    const changed = { ...values, version: signup.version + 1 };
    await db.repository(SignupEntity).update({ id: signup.id }, changed as never);
    await this.tell(db, context, signup.id);
    return { ...signup, ...changed };
  }

  async passwordHash(db: Db, id: string): Promise<string | undefined> {
    const row = await db.first<{ hash: string | null }>(
      sql`select s.password_hash as hash from signups s where ${db.tenant('s')} and s.id = ${id}::uuid`,
    );
    return row?.hash ?? undefined;
  }

  /** The next number of the organization's year, such as `C-2026-000418`. */
  async nextNumber(db: Db): Promise<string> {
    const row = await db.first<{ number: string }>(sql`
      insert into signup_counters as c (id, year, last_number)
      select ${newId()}::uuid, extract(year from now() at time zone o.time_zone)::integer, 1
      from organizations o where o.id = app_organization_id()
      on conflict (organization_id, year) do update set last_number = c.last_number + 1
      returning 'C-' || year || '-' || lpad(last_number::text, greatest(6, length(last_number::text)), '0') as number`);
    return row!.number;
  }

  /** What has become of one whose person's address has changed since it was the signup's own. */
  private async handoverOf(db: Db, signup: SignupEntity): Promise<SignupValues | undefined> {
    if (signup.status !== 'awaiting_confirmation' || !signup.userId) return undefined;
    const person = await db.repository(PortalUserEntity).findOneBy({ id: signup.userId });
    if (!person || person.emailChanges === signup.emailChanges) return undefined;
    return handedOver(signup, person);
  }

  private tell(db: Db, context: OrganizationContext, signupId: string): Promise<void> {
    return this.events.publish(db, context, { name: 'signup.changed', ids: { signupId } });
  }
}

/** A signup of which staff have given the account to somebody: nothing that was typed or opened before counts any more. */
const handedOver = (
  { handovers }: Pick<SignupEntity, 'handovers'>,
  { email, emailChanges, name }: Pick<PortalUserEntity, 'email' | 'emailChanges' | 'name'>,
): SignupValues => ({
  administratorEmail: email,
  emailChanges,
  administratorName: name,
  administratorPhone: null,
  addressKept: true,
  handovers: handovers + 1,
  passwordHash: null,
});
