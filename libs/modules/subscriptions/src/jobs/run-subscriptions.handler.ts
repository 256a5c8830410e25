import { Injectable } from '@nestjs/common';
import { Outbox } from '@balcao/platform-outbox';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, eachOrganization, sql } from '@balcao/platform-tenancy';
import { SubscriptionRunner } from '../subscription-runner.service.js';

/** Subscriptions of one organization before another has its turn. */
const TURN = 500;
/**
 * Behind its first turn an organization has so many that what follows each (mails with documents, codes of gateways) waits until the
 * run is over, instead of taking the processor from it and from those who look at their portal meanwhile; so long where it takes
 * longer, or whoever ran it died.
 */
const HEARD_AFTER_SECONDS = 300;

/** Started by the clock: does what is due of every organization's subscriptions, by its own day. */
@Injectable()
@JobHandler('subscriptions.run')
export class RunSubscriptionsHandler implements JobHandler<'subscriptions.run'> {
  constructor(
    private readonly database: Database,
    private readonly runner: SubscriptionRunner,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @throws AggregateError after all others were done, where an organization's subscriptions could not all be looked after; it says so also
   * where what was held could not be let go besides, which is heard when its time comes
   */
  async handle(): Promise<void> {
    const held = new Set<string>();
    const failures: unknown[] = [];
    const keep = (error: unknown) => void failures.push(error);
    await eachOrganization(this.database, {
      reason: 'organizations whose subscriptions are looked after',
      where: sql`exists (select from subscriptions t where t.organization_id = s.id and t.ended_at is null)`,
      turn: async (context, before) => {
        if (before === 0) return (await this.runner.run(context, TURN)) === TURN;
        held.add(context.organizationId);
        return (await this.runner.run({ ...context, heardAfterSeconds: HEARD_AFTER_SECONDS }, TURN)) === TURN;
      },
    }).catch(keep);
    for (const organizationId of held) await this.outbox.letGo(organizationId).catch(keep);
    const [first, ...others] = failures;
    if (others.length > 0) throw new AggregateError(failures, first instanceof Error ? first.message : undefined);
    if (failures.length > 0) throw first;
  }
}
