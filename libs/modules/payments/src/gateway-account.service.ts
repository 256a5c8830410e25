import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { GATEWAY_KINDS, capabilitiesOf, type GatewayMethod, type GatewayName } from '@balcao/platform-gateways';
import { Database, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { sealedFor } from './gateway-desk.js';
import { GATEWAY_ACCOUNT_COLUMNS, type GatewayAccountRow } from './persistence/payment.rows.js';

export interface NewGatewayAccount {
  kind: GatewayName;
  name: string;
  methods: readonly GatewayMethod[];
  currency: string;
  /** By the names that the kind has; those that are generated are left out. */
  credentials: Readonly<Record<string, string>>;
}

export interface GatewayAccountPatch {
  name?: string;
  methods?: readonly GatewayMethod[];
  isActive?: boolean;
  /** All of them anew; those of before stay where absent. */
  credentials?: Readonly<Record<string, string>>;
  version: number;
}

/** An organization's accounts with payment services, and which of them takes what. */
@Injectable()
export class GatewayAccountService {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext): Promise<GatewayAccountRow[]> {
    return this.database.read(context, (db) =>
      db.query<GatewayAccountRow>(
        sql`select ${GATEWAY_ACCOUNT_COLUMNS} from gateway_accounts a where ${db.tenant('a')} order by a.created_at, a.id limit 100`,
      ),
    );
  }

  /**
   * Connects an account. It takes the ways that it is given from whichever account had them.
   * @param anywhere also a pretended service where people pay real money: for data that shows the product
   * @throws DomainError validation_failed for a kind that is not for this organization, or credentials that are none
   */
  async create(
    context: OrganizationContext,
    { credentials, ...account }: NewGatewayAccount,
    anywhere = false,
  ): Promise<GatewayAccountRow> {
    return this.database.transaction(context, async (db) => {
      const organization = await db.first<{ isSandbox: boolean }>(
        sql`select o.is_sandbox as "isSandbox" from organizations o where o.id = ${context.organizationId}::uuid`,
      );
      if (!anywhere && GATEWAY_KINDS[account.kind].forSandboxes !== organization!.isSandbox)
        throw refusedField('kind', 'isIn');
      requireMethods(account.kind, account.methods, account.currency);
      const id = newId();
      const sealed = this.seal(id, account.kind, credentials);
      await db.execute(insertInto('gateway_accounts', { ...account, methods: [...account.methods], id, ...sealed }));
      await this.route(db, id);
      await this.audit.record(db, context, {
        action: 'staff.gateway_account.create',
        target: { type: 'gateway_account', id },
        changes: { after: account },
      });
      return found(await this.read(db, id));
    });
  }

  /** @throws DomainError not_found, conflict, validation_failed */
  async update(
    context: OrganizationContext,
    id: string,
    { version, credentials, ...patch }: GatewayAccountPatch,
  ): Promise<GatewayAccountRow> {
    return this.database.transaction(context, async (db) => {
      await db.query(
        sql`select from gateway_accounts a where ${db.tenant('a')} and a.id = ${id}::uuid for no key update`,
      );
      const before = found(await this.read(db, id));
      if (before.version !== version) throw new DomainError('conflict');
      const after = { ...before, ...patch };
      const sealed = credentials && this.seal(id, before.kind, credentials);
      requireMethods(before.kind, after.methods, before.currency);
      await db.execute(sql`
        update gateway_accounts a set name = ${after.name}, methods = ${[...after.methods]}::text[], is_active = ${after.isActive},
          credentials_sealed = coalesce(${sealed?.credentialsSealed ?? null}::bytea, a.credentials_sealed),
          is_test = coalesce(${sealed?.isTest ?? null}::boolean, a.is_test),
          version = a.version + 1, updated_at = now()
        where ${db.tenant('a')} and a.id = ${id}::uuid`);
      await this.route(db, id);
      const shown = ({ name, methods, isActive }: GatewayAccountRow) => ({ name, methods, isActive });
      await this.audit.record(db, context, {
        action: 'staff.gateway_account.update',
        target: { type: 'gateway_account', id },
        changes: {
          before: shown(before),
          after: { ...shown(after as GatewayAccountRow), ...(credentials && { credentials: 'changed' }) },
        },
      });
      return found(await this.read(db, id));
    });
  }

  /** Gives an account the ways that it is to take, and takes from it those that it takes no more. */
  private async route(db: Db, id: string): Promise<void> {
    await db.execute(sql`
      delete from gateway_routes r using gateway_accounts a where ${db.tenant('r')} and ${db.tenant('a')} and a.id = r.gateway_account_id
        and a.id = ${id}::uuid and (not a.is_active or not r.method = any(a.methods))`);
    await db.execute(sql`
      insert into gateway_routes as r (method, currency, gateway_account_id, gateway_kind, is_test)
      select m.method, a.currency, a.id, a.kind, a.is_test from gateway_accounts a cross join unnest(a.methods) m (method)
      where ${db.tenant('a')} and a.id = ${id}::uuid and a.is_active
      on conflict (organization_id, method, currency)
      do update set gateway_account_id = excluded.gateway_account_id, gateway_kind = excluded.gateway_kind, is_test = excluded.is_test`);
  }

  private async read(db: Db, id: string): Promise<GatewayAccountRow | undefined> {
    return db.first<GatewayAccountRow>(
      sql`select ${GATEWAY_ACCOUNT_COLUMNS} from gateway_accounts a where ${db.tenant('a')} and a.id = ${id}::uuid`,
    );
  }

  /** @throws DomainError validation_failed for a credential that is missing or cannot be one */
  private seal(
    id: string,
    kind: GatewayName,
    given: Readonly<Record<string, string>>,
  ): { credentialsSealed: Buffer; isTest: boolean } {
    const entries = GATEWAY_KINDS[kind].credentials.map(({ name, pattern, generated }) => {
      const value = generated ? randomBytes(32).toString('base64url') : given[name];
      if (value === undefined || !pattern.test(value)) throw refusedField(`credentials.${name}`, 'matches');
      return [name, value] as const;
    });
    const credentials = Object.fromEntries(entries);
    const credentialsSealed = this.secrets.seal(JSON.stringify(credentials), sealedFor(id));
    return { credentialsSealed, isTest: GATEWAY_KINDS[kind].isTest(credentials) };
  }
}

/** @throws DomainError validation_failed for a way that the service does not have in the currency */
function requireMethods(kind: GatewayName, methods: readonly GatewayMethod[], currency: string): void {
  methods.forEach((method, place) => {
    if (!capabilitiesOf(kind, method, currency)) throw refusedField(`methods.${place}`, 'isIn');
  });
}
