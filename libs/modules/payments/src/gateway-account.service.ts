import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { Secrets } from '@balcao/platform-config';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import {
  GATEWAY_KINDS,
  Gateways,
  capabilitiesOf,
  type GatewayMethod,
  type GatewayName,
} from '@balcao/platform-gateways';
import { Database, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { sealedFor } from './gateway-desk.js';
import { GATEWAY_ACCOUNT_COLUMNS, type GatewayAccountRow } from './persistence/payment.rows.js';

export interface NewGatewayAccount {
  /** As `nextId` has told it, where somebody asked. */
  id?: string;
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
    private readonly gateways: Gateways,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  /**
   * The id that the next account gets: its address is in it, which a service wants to know before it gives a secret for events. The same
   * one until an account is connected.
   */
  async nextId(context: OrganizationContext): Promise<string> {
    return this.database.read(context, (db) => this.nextIdWithin(db, context));
  }

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
   * @throws DomainError validation_failed for a kind that is not for this organization, an id that nobody was told, or credentials that are
   * none or that the service does not take; gateway_unreachable; conflict where another account has got the id meanwhile
   */
  async create(
    context: OrganizationContext,
    { credentials: given, id: told, ...account }: NewGatewayAccount,
    anywhere = false,
  ): Promise<GatewayAccountRow> {
    const { kind } = account;
    const { id, isTaken } = await this.database.read(context, async (db) => {
      const organization = await db.first<{ isSandbox: boolean }>(
        sql`select o.is_sandbox as "isSandbox" from organizations o where o.id = ${context.organizationId}::uuid`,
      );
      if (!anywhere && GATEWAY_KINDS[kind].forSandboxes !== organization!.isSandbox) throw refusedField('kind', 'isIn');
      return {
        id: await this.nextIdWithin(db, context),
        isTaken: told !== undefined && (await this.read(db, told)) !== undefined,
      };
    });
    if (isTaken) throw new DomainError('conflict');
    if (told !== undefined && told !== id) throw unknownReference('id');
    requireMethods(kind, account.methods, account.currency);
    const credentials = credentialsOf(kind, given);
    await this.requireTaken(context, id, kind, credentials);
    return this.database.transaction(context, async (db) => {
      const row = { ...account, methods: [...account.methods], id, ...this.sealed(id, kind, credentials) };
      const added = await db.execute(sql`${insertInto('gateway_accounts', row)} on conflict do nothing`);
      if (added === 0) throw new DomainError('conflict');
      await this.route(db, id);
      await this.audit.record(db, context, {
        action: 'staff.gateway_account.create',
        target: { type: 'gateway_account', id },
        changes: { after: account },
      });
      return found(await this.read(db, id));
    });
  }

  /** @throws DomainError not_found, conflict, validation_failed, gateway_unreachable */
  async update(
    context: OrganizationContext,
    id: string,
    { version, credentials: given, ...patch }: GatewayAccountPatch,
  ): Promise<GatewayAccountRow> {
    const { kind } = found(await this.database.read(context, (db) => this.read(db, id)));
    const credentials = given && credentialsOf(kind, given);
    if (credentials) await this.requireTaken(context, id, kind, credentials);
    return this.database.transaction(context, async (db) => {
      await db.query(
        sql`select from gateway_accounts a where ${db.tenant('a')} and a.id = ${id}::uuid for no key update`,
      );
      const before = found(await this.read(db, id));
      if (before.version !== version) throw new DomainError('conflict');
      const after = { ...before, ...patch };
      const sealed = credentials && this.sealed(id, kind, credentials);
      requireMethods(kind, after.methods, before.currency);
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

  /** Accounts are never removed, so that their number names the next one. */
  private async nextIdWithin(db: Db, { organizationId }: OrganizationContext): Promise<string> {
    const row = await db.first<{ accounts: number }>(
      sql`select count(*)::int as accounts from gateway_accounts a where ${db.tenant('a')}`,
    );
    return accountIdOf(organizationId, row!.accounts);
  }

  /**
   * Asks the service whether it takes them, before anything is kept; over the network, so behind no transaction.
   * @throws DomainError validation_failed for the credential that it does not take, gateway_unreachable
   */
  private async requireTaken(
    { organizationId, clock }: OrganizationContext,
    id: string,
    kind: GatewayName,
    credentials: Readonly<Record<string, string>>,
  ): Promise<void> {
    const answer = await this.gateways.open({ id, organizationId, kind, credentials, clock }).check();
    if (answer === 'unknown' || 'refused' in answer) throw new DomainError('gateway_unreachable');
    if (answer.known === 'taken') return;
    const { credential, why, detail } = answer.known;
    const path = `credentials.${credential}`;
    throw why === 'rights'
      ? refusedField(path, 'credentialRights', { what: detail ?? '' })
      : refusedField(path, 'credentialUnknown');
  }

  private sealed(
    id: string,
    kind: GatewayName,
    credentials: Readonly<Record<string, string>>,
  ): { credentialsSealed: Buffer; isTest: boolean } {
    const credentialsSealed = this.secrets.seal(JSON.stringify(credentials), sealedFor(id));
    return { credentialsSealed, isTest: GATEWAY_KINDS[kind].isTest(credentials) };
  }
}

/** The id of an organization's account by its place, from 0: a UUID of the version for ids of one's own (RFC 9562, section 5.8). */
function accountIdOf(organizationId: string, place: number): string {
  const bytes = createHash('sha256').update(`gateway account ${place} of ${organizationId}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * What an account is opened with: as it was given, and what is generated.
 * @throws DomainError validation_failed for a credential that is missing or cannot be one
 */
function credentialsOf(kind: GatewayName, given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    GATEWAY_KINDS[kind].credentials.map(({ name, pattern, begins, generated }) => {
      const value = generated ? randomBytes(32).toString('base64url') : given[name];
      if (value === undefined || !pattern.test(value))
        throw refusedField(`credentials.${name}`, 'credentialForm', { begins });
      return [name, value];
    }),
  );
}

/** @throws DomainError validation_failed for a way that the service does not have in the currency */
function requireMethods(kind: GatewayName, methods: readonly GatewayMethod[], currency: string): void {
  methods.forEach((method, place) => {
    if (!capabilitiesOf(kind, method, currency)) throw refusedField(`methods.${place}`, 'isIn');
  });
}
