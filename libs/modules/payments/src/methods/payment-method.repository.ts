import { Injectable } from '@nestjs/common';
import { Secrets, sealedContext } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import type { GatewayName, SavedMethod } from '@balcao/platform-gateways';
import {
  assignments,
  columnsOf,
  insertInto,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import type { PaymentMethod, SetupState } from './payment-method.js';

/** What charges a method. */
export type SavedToken = Pick<SavedMethod, 'customerId' | 'token'>;

const METHOD_COLUMNS = columnsOf('m', [
  'id',
  'billingAccountId',
  'gatewayAccountId',
  'gatewayKind',
  'brand',
  'lastFour',
  'expiresMonth',
  'expiresYear',
  'expiresOn',
  'isDefault',
  'refusedFor',
  'removedAt',
  'replacedById',
  'version',
  'createdAt',
]);

/** One try at adding a card. */
export interface MethodSetup {
  id: string;
  billingAccountId: string;
  gatewayAccountId: string;
  gatewayKind: GatewayName;
  state: SetupState;
  portalId: string | null;
  customerOfId: string | null;
  gatewayId: string | null;
  pageUrl: string | null;
  calledAt: Date | null;
  asks: number;
  createdAt: Date;
  /** The card that came of it. */
  paymentMethodId: string | null;
}

const SETUP_COLUMNS = sql`${columnsOf('s', [
  'id',
  'billingAccountId',
  'gatewayAccountId',
  'gatewayKind',
  'state',
  'portalId',
  'customerOfId',
  'gatewayId',
  'pageUrl',
  'calledAt',
  'asks',
  'createdAt',
])}, (select m.id from payment_methods m where m.organization_id = s.organization_id and m.setup_id = s.id) as "paymentMethodId"`;

export interface NewMethod {
  billingAccountId: string;
  gatewayAccountId: string;
  gatewayKind: GatewayName;
  setupId: string | null;
  paymentId: string | null;
}

type MethodValues = Partial<
  Pick<PaymentMethod, 'isDefault' | 'refusedFor' | 'removedAt' | 'replacedById'> & {
    removedById: string | null;
    expiryNoticed: number;
    forgetAt: Date | null;
    forgets: number;
    forgottenAt: Date;
  }
>;
type SetupValues = Partial<
  Pick<MethodSetup, 'state' | 'customerOfId' | 'gatewayId' | 'pageUrl' | 'calledAt' | 'asks'> & { askAt: Date | null }
>;

/** Rows of saved cards, of what charges them, and of tries at adding one. */
@Injectable()
export class PaymentMethodRepository {
  constructor(private readonly secrets: Secrets) {}

  /** One after the other for an account: who changes its default, adds or takes one away. */
  async lockAccount(db: Db, billingAccountId: string): Promise<void> {
    await db.query(sql`select pg_advisory_xact_lock(hashtextextended('payment methods ' || ${billingAccountId}, 0))`);
  }

  /** Of those that are not removed, the default first, then the latest. */
  async of(db: Db, billingAccountId: string): Promise<PaymentMethod[]> {
    return db.query<PaymentMethod>(sql`
      select ${METHOD_COLUMNS} from payment_methods m
      where ${db.account('m')} and m.billing_account_id = ${billingAccountId}::uuid and m.removed_at is null
      order by m.is_default desc, m.created_at desc, m.id desc limit 100`);
  }

  async find(db: Db, id: string, suffix: Sql = sql``): Promise<PaymentMethod | undefined> {
    return db.first<PaymentMethod>(sql`
      select ${METHOD_COLUMNS} from payment_methods m where ${db.account('m')} and m.id = ${id}::uuid ${suffix}`);
  }

  /** The method that stands where this one was named: itself, what replaced it, or the account's default. */
  async standingFor(db: Db, billingAccountId: string, id: string | null): Promise<PaymentMethod | undefined> {
    let named = id === null ? undefined : await this.find(db, id);
    // A replacement may have been replaced; a chain is no longer than an account's cards.
    for (let step = 0; named?.removedAt && named.replacedById && step < 100; step++)
      named = await this.find(db, named.replacedById);
    if (named && !named.removedAt) return named;
    return db.first<PaymentMethod>(sql`
      select ${METHOD_COLUMNS} from payment_methods m
      where ${db.tenant('m')} and m.billing_account_id = ${billingAccountId}::uuid and m.is_default`);
  }

  async update(db: Db, id: string, values: MethodValues, now: Date): Promise<void> {
    const set = assignments({ ...values, version: sql`m.version + 1`, updatedAt: now });
    await db.execute(sql`update payment_methods m set ${set} where ${db.account('m')} and m.id = ${id}::uuid`);
  }

  /**
   * Keeps what a gateway has saved; what was kept by the same page or payment is kept once. The first of an account is its default.
   * @returns its id where it is new
   */
  async keep(
    db: Db,
    context: OrganizationContext,
    method: NewMethod,
    { customerId, token, ...card }: SavedMethod,
  ): Promise<string | undefined> {
    await this.lockAccount(db, method.billingAccountId);
    const id = newId();
    const now = context.clock.now();
    const others = await this.of(db, method.billingAccountId);
    // What cannot be told apart from nonsense is not shown.
    const lastFour = card.lastFour && /^\d{4}$/.test(card.lastFour) ? card.lastFour : null;
    const hasEnd = card.expiresMonth !== null && card.expiresYear !== null;
    const kept = await db.execute(
      sql`${insertInto('payment_methods', {
        ...method,
        id,
        brand: card.brand?.slice(0, 40) || null,
        lastFour,
        expiresMonth: hasEnd ? card.expiresMonth : null,
        expiresYear: hasEnd ? card.expiresYear : null,
        isDefault: others.length === 0,
        createdAt: now,
        updatedAt: now,
      })} on conflict do nothing`,
    );
    if (kept === 0) return undefined;
    const savedSealed = this.secrets.seal(JSON.stringify({ customerId, token } satisfies SavedToken), sealedFor(id));
    await db.execute(insertInto('payment_method_secrets', { id, savedSealed }));
    return id;
  }

  /** What charges a method; undefined once it is forgotten. Of the organization's scope only. */
  async tokenOf(db: Db, id: string): Promise<SavedToken | undefined> {
    const row = await db.first<{ savedSealed: Buffer }>(sql`
      select s.saved_sealed as "savedSealed" from payment_method_secrets s where ${db.tenant('s')} and s.id = ${id}::uuid`);
    if (!row) return undefined;
    const saved = this.secrets.open(row.savedSealed, sealedFor(id));
    if (saved === undefined) throw new Error(`What charges the payment method ${id} cannot be opened`);
    return JSON.parse(saved) as SavedToken;
  }

  async forgetToken(db: Db, id: string): Promise<void> {
    await db.execute(sql`delete from payment_method_secrets s where ${db.tenant('s')} and s.id = ${id}::uuid`);
  }

  /** A method whose customer at the gateway the account's next one can have too. */
  async withCustomer(db: Db, billingAccountId: string, gatewayAccountId: string): Promise<string | undefined> {
    const row = await db.first<{ id: string }>(sql`
      select m.id from payment_methods m join payment_method_secrets s on ${db.tenant('s')} and s.id = m.id
      where ${db.tenant('m')} and m.billing_account_id = ${billingAccountId}::uuid and m.gateway_account_id = ${gatewayAccountId}::uuid
        and m.removed_at is null order by m.created_at desc, m.id desc limit 1`);
    return row?.id;
  }

  async insertSetup(
    db: Db,
    context: OrganizationContext,
    setup: Pick<MethodSetup, 'billingAccountId' | 'gatewayAccountId' | 'gatewayKind' | 'portalId'> & {
      createdById: string | null;
    },
  ): Promise<string> {
    const id = newId();
    const now = context.clock.now();
    await db.execute(insertInto('method_setups', { ...setup, id, createdAt: now, updatedAt: now }));
    return id;
  }

  async setup(db: Db, id: string, suffix: Sql = sql``): Promise<MethodSetup | undefined> {
    return db.first<MethodSetup>(
      sql`select ${SETUP_COLUMNS} from method_setups s where ${db.account('s')} and s.id = ${id}::uuid ${suffix}`,
    );
  }

  /** By what the gateway calls it, or by our own id where it names that. */
  async setupIdOf(
    db: Db,
    gatewayAccountId: string,
    gatewayId: string,
    setupId: string | null,
  ): Promise<string | undefined> {
    const row = await db.first<{ id: string }>(sql`
      select s.id from method_setups s where ${db.tenant('s')} and s.gateway_account_id = ${gatewayAccountId}::uuid
        and (s.gateway_id = ${gatewayId} or (s.gateway_id is null and s.id::text = ${setupId})) limit 1`);
    return row?.id;
  }

  async updateSetup(db: Db, id: string, values: SetupValues, now: Date): Promise<void> {
    const set = assignments({ ...values, updatedAt: now });
    await db.execute(sql`update method_setups s set ${set} where ${db.tenant('s')} and s.id = ${id}::uuid`);
  }
}

const sealedFor = (id: string): string => sealedContext('payment_method_secrets', 'saved_sealed', id);
