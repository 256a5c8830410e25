import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { isForeignKeyViolation, newId, uniqueViolation } from '@balcao/platform-database';
import { DomainError, found, unknownReference } from '@balcao/platform-errors';
import {
  Database,
  countedPage,
  empty,
  refusing,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
  type StaffContext,
} from '@balcao/platform-tenancy';
import { normalizeTaxId } from '@balcao/brazil';
import { BillingAccountEntity, type PostalAddress } from './persistence/billing-account.entity.js';
import { RoleEntity } from './persistence/role.entity.js';
import { containing } from './search-pattern.js';

export type BillingAccountFields = Pick<BillingAccountEntity, 'name'> &
  Partial<Pick<BillingAccountEntity, 'legalName' | 'taxId' | 'externalId' | 'email' | 'phone' | 'roleId'>> & {
    /** What is left out of it is not known. */
    address?: Partial<PostalAddress> | null;
  };

type Listed = Pick<BillingAccountEntity, 'id' | 'name' | 'legalName' | 'taxId' | 'externalId' | 'createdAt'>;

export interface BillingAccountRow extends Listed {
  userCount: number;
}

const TAKEN = {
  billing_accounts_organization_id_external_id_key: 'external_id_taken',
  billing_accounts_organization_id_tax_id_key: 'tax_id_taken',
} as const;

/** The customers of an organization. */
@Injectable()
export class BillingAccountService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(
    context: OrganizationContext,
    { q, limit, offset }: { q?: string; limit: number; offset: number },
  ): Promise<{ rows: BillingAccountRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      const pattern = q && containing(q);
      const taxId = q && normalizeTaxId(q);
      const matching = pattern
        ? sql` and (fold(a.name) like fold(${pattern}) or fold(coalesce(a.legal_name, '')) like fold(${pattern}) 
          or starts_with(a.tax_id, nullif(${taxId}, '')) or starts_with(lower(a.external_id), lower(${q}))
          or search_dialled(regexp_replace(a.phone, '[^0-9]', '', 'g')) like '%' || search_dialled(${phoneDigits(q!)}) || '%')`
        : empty;
      return countedPage<BillingAccountRow>(
        db,
        (page) => sql`
        select a.id, a.name, a.legal_name as "legalName", a.tax_id as "taxId", a.external_id as "externalId",
          a.created_at as "createdAt", count(*) over ()::integer as total,
          (select count(*)::integer from portal_users u where u.organization_id = a.organization_id and u.billing_account_id = a.id) as "userCount"
        from billing_accounts a where ${db.tenant('a')}${matching}
        order by a.name, a.id limit ${page.limit} offset ${page.offset}`,
        { limit, offset },
      );
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<BillingAccountEntity> {
    return this.database.read(context, async (db) => {
      return found(await db.repository(BillingAccountEntity).findOneBy({ id }));
    });
  }

  /** @throws DomainError external_id_taken, tax_id_taken, validation_failed, permission_denied for a role */
  async create(context: StaffContext, fields: BillingAccountFields): Promise<BillingAccountEntity> {
    if (fields.roleId) requireUserWriter(context);
    const id = await this.database.transaction(context, async (db) => {
      await requireRole(db, fields.roleId);
      return this.insert(db, context, fields);
    });
    return this.get(context, id);
  }

  /** Adds a customer within the caller's transaction. @returns its id @throws DomainError external_id_taken, tax_id_taken */
  async insert(db: Db, context: OrganizationContext, fields: BillingAccountFields): Promise<string> {
    const id = newId();
    const values = { ...stored(fields), id, name: fields.name };
    await refusing(TAKEN, () => db.repository(BillingAccountEntity).insert(values));
    await this.audit.record(db, context, {
      action: 'staff.billing_account.create',
      target: { type: 'billing_account', id },
      billingAccountId: id,
      changes: { after: values },
    });
    return id;
  }

  /**
   * Adds the account of somebody who signed up, within the caller's transaction; without its tax id, which is its own once the
   * person has confirmed the address (`claimTaxId`). @returns its id
   */
  async insertSignedUp(
    db: Db,
    fields: Pick<BillingAccountEntity, 'name' | 'legalName' | 'email' | 'phone' | 'address' | 'source'>,
  ): Promise<string> {
    const id = newId();
    await db.repository(BillingAccountEntity).insert({ ...fields, id });
    return id;
  }

  /**
   * Gives an account that signed up its tax id, within the caller's transaction; one that staff have written meanwhile stays.
   * Of several at once the unique key lets one through, and the others wait for it: so nothing that they need may be held
   * before this but what is theirs alone.
   * @returns whether it has one; false, with nothing changed, where another account has that tax id
   */
  async claimTaxId(db: Db, id: string, taxId: string): Promise<boolean> {
    return unless(
      (error) => uniqueViolation(error) === 'billing_accounts_organization_id_tax_id_key',
      db,
      sql`update billing_accounts a set tax_id = ${taxId} where ${db.tenant('a')} and a.id = ${id}::uuid and a.tax_id is null`,
    );
  }

  async isRegistered(db: Db, taxId: string): Promise<boolean> {
    return db.repository(BillingAccountEntity).existsBy({ taxId });
  }

  /**
   * Takes back what a signup that came to nothing has made: its administrator, who never came in, and the account unless staff
   * have done something with it. A person about whom there is something already waits for an invitation instead, so that
   * nobody's address stays taken by what cannot be confirmed any more.
   * @returns whether the account is gone
   */
  async takeBackUnconfirmed(db: Db, id: string, userId: string): Promise<boolean> {
    const person = sql`${db.tenant('u')} and u.id = ${userId}::uuid and u.password_hash is null
      and (u.status = 'pending_verification' or u.suspended_from = 'pending_verification')`;
    const isGone = await unless(isForeignKeyViolation, db, sql`delete from portal_users u where ${person}`);
    if (isGone)
      return unless(
        isForeignKeyViolation,
        db,
        sql`delete from billing_accounts a where ${db.tenant('a')} and a.id = ${id}::uuid`,
      );
    await db.execute(sql`
      update portal_users u set
        status = case when u.status = 'suspended' then u.status else 'pending_invitation' end,
        suspended_from = case when u.status = 'suspended' then 'pending_invitation' end
      where ${person}`);
    return false;
  }

  /** @throws DomainError not_found, external_id_taken, tax_id_taken, validation_failed, permission_denied for a role */
  async update(context: StaffContext, id: string, patch: Partial<BillingAccountFields>): Promise<BillingAccountEntity> {
    await this.database.transaction(context, async (db) => {
      const before = found(await db.repository(BillingAccountEntity).findOneBy({ id }));
      if (patch.roleId !== undefined && patch.roleId !== before.roleId) requireUserWriter(context);
      await requireRole(db, patch.roleId);
      await this.change(db, context, before, patch);
    });
    return this.get(context, id);
  }

  /**
   * Adds to a customer what a file says, within the caller's transaction; what it leaves empty stays.
   * @throws DomainError not_found, external_id_taken, tax_id_taken
   */
  async merge(
    db: Db,
    context: OrganizationContext,
    id: string,
    { address, ...patch }: Partial<BillingAccountFields>,
  ): Promise<void> {
    const before = found(await db.repository(BillingAccountEntity).findOneBy({ id }));
    const merged = address ? { ...patch, address: { ...before.address, ...address } } : patch;
    await this.change(db, context, before, merged);
  }

  private async change(
    db: Db,
    context: OrganizationContext,
    before: BillingAccountEntity,
    patch: Partial<BillingAccountFields>,
  ): Promise<void> {
    const { id } = before;
    const values = stored(patch);
    if (Object.keys(values).length > 0)
      await refusing(TAKEN, () => db.repository(BillingAccountEntity).update({ id }, values));
    await this.audit.record(db, context, {
      action: 'staff.billing_account.update',
      target: { type: 'billing_account', id },
      billingAccountId: id,
      changes: { before: { ...before }, after: { ...before, ...values } },
    });
  }
}

/** What is said of a customer as it is kept; what is not said is left out. */
function stored({ taxId, address, ...fields }: Partial<BillingAccountFields>) {
  return {
    ...fields,
    ...(taxId === undefined ? {} : { taxId: taxId ? normalizeTaxId(taxId) : null }),
    ...(address === undefined ? {} : { address: storedAddress(address) }),
  };
}

/** An address with all its members, or none where nothing of it is known. */
export function storedAddress(address: Partial<PostalAddress> | null): PostalAddress | null {
  const { street = null, number = null, complement = null, district = null } = address ?? {};
  const { postalCode = null, city = null, state = null } = address ?? {};
  const whole = { street, number, complement, district, postalCode, city, state };
  return Object.values(whole).some((part) => part !== null) ? whole : null;
}

/** @returns false, with nothing changed, where other rows do not let that be done */
async function unless(isRefusal: (error: unknown) => boolean, db: Db, change: Sql): Promise<boolean> {
  await db.execute(sql`savepoint change`);
  try {
    await db.execute(change);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await db.execute(sql`rollback to savepoint change`);
    return false;
  }
}

/** An account's role is what its people get, so it is given by those who may give people roles. */
function requireUserWriter(context: StaffContext): void {
  if (!context.can('users:write')) throw new DomainError('permission_denied');
}

async function requireRole(db: Db, id: string | null | undefined): Promise<void> {
  if (!id || (await db.repository(RoleEntity).existsBy({ id }))) return;
  throw unknownReference('roleId');
}

/** The digits of what may be a part of a phone's number, from a line's own four on. */
function phoneDigits(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return /^[\d\s()+./-]+$/.test(text) && digits.length > 3 ? digits : null;
}
