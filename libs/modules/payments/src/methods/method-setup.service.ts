import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { GatewayName } from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import { RateLimiter } from '@balcao/platform-state';
import { Database, sql, type Db, type PortalContext } from '@balcao/platform-tenancy';
import { placeOf, type PaymentPlace } from '../payment-place.js';
import { PaymentMethodRepository, type MethodSetup } from './payment-method.repository.js';

/** Cards that an account may begin to add: more is somebody who tries numbers. */
const ASKED = { limit: 20, windowSeconds: 3_600, blockSeconds: 0 };

/** Adding cards, as whoever adds one asks for it and follows it. */
@Injectable()
export class MethodSetupService {
  constructor(
    private readonly database: Database,
    private readonly methods: PaymentMethodRepository,
    private readonly limiter: RateLimiter,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Asks for a page on which a card is added; the gateway is asked behind the commit.
   * @throws DomainError saving_cards_unavailable, rate_limited
   */
  async create(context: PortalContext): Promise<MethodSetup> {
    const { billingAccountId } = context.scope;
    const { allowed, retryAfterSeconds } = await this.limiter.consume(`method-setups|${billingAccountId}`, ASKED);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    return this.database.transaction(context, async (db) => {
      const place = await placeOf(db, context);
      const route = await savingRoute(db, place);
      if (!route) throw new DomainError('saving_cards_unavailable');
      const id = await this.methods.insertSetup(db, context, {
        ...route,
        billingAccountId,
        portalId: place.portalId,
        createdById: context.actor.id,
      });
      await this.audit.record(db, context, {
        action: 'portal.method_setup.create',
        target: { type: 'method_setup', id },
        billingAccountId,
      });
      await this.events.publish(db, context, {
        name: 'method_setup.changed',
        ids: { methodSetupId: id },
        billingAccountId,
        portalUserId: undefined,
      });
      await this.outbox.add(db, context, 'payments.send-setup', { methodSetupId: id });
      return found(await this.methods.setup(db, id));
    });
  }

  /** @throws DomainError not_found */
  async get(context: PortalContext, id: string): Promise<MethodSetup> {
    return found(await this.database.read(context, (db) => this.methods.setup(db, id)));
  }
}

/** By which account with a gateway cards are saved now; undefined where the portal, or the organization, saves none. */
export async function savingRoute(
  db: Db,
  { settings, currency }: PaymentPlace,
): Promise<{ gatewayAccountId: string; gatewayKind: GatewayName } | undefined> {
  if (!settings.card || !settings.savesCards) return undefined;
  return db.first<{ gatewayAccountId: string; gatewayKind: GatewayName }>(sql`
    select r.gateway_account_id as "gatewayAccountId", r.gateway_kind as "gatewayKind" from gateway_routes r
    where ${db.tenant('r')} and r.method = 'card' and r.currency = ${currency}`);
}
