import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { OtherPayment } from '../domain/payment.js';
import { GatewayDesk } from '../gateway-desk.js';
import { GatewayEventService } from '../gateway-event.service.js';

/** Accounts that are asked for at a time. */
const PAGE = 100;
/** Looked at once more, since a gateway may list late what it had early. */
const OVERLAP_MS = 2 * 24 * 60 * 60_000;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

interface Account {
  id: string;
  organizationId: string;
  listedUntil: Date;
  now: Date | null;
}

/** Started by the clock: asks every gateway for all that has moved, so that no money is there of which nobody knows. */
@Injectable()
@JobHandler('payments.list')
export class ListPaymentsHandler implements JobHandler<'payments.list'> {
  constructor(
    private readonly database: Database,
    private readonly desk: GatewayDesk,
    private readonly gatewayEvents: GatewayEventService,
  ) {}

  /** @throws AggregateError after all others were asked and written down, where one could not be */
  async handle(): Promise<void> {
    const failures: unknown[] = [];
    let last = NIL_ID;
    for (let page = await this.after(last); page.length > 0; page = await this.after(last)) {
      for (const account of page) {
        try {
          await this.list(account);
        } catch (error) {
          failures.push(error);
        }
      }
      last = page.at(-1)!.id;
      if (page.length < PAGE) break;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every gateway could be asked');
  }

  private async list({ id, organizationId, listedUntil, now }: Account): Promise<void> {
    const context = systemContext(organizationId, { clock: clockOf({ now }) });
    const startedAt = new Date();
    const { gateway } = await this.database.read(context, (db) => this.desk.open(db, context, id));
    const failures: unknown[] = [];
    for await (const snapshot of gateway.list(new Date(listedUntil.getTime() - OVERLAP_MS))) {
      try {
        await this.gatewayEvents.writeDown(context, id, snapshot);
      } catch (error) {
        failures.push(error);
      }
    }
    // One that is not what it was asked for never becomes it: the next list need not begin before it.
    if (failures.every((error) => error instanceof OtherPayment)) await this.reached(context, id, startedAt);
    if (failures.length > 0) throw new AggregateError(failures, 'Not all that has moved could be written down');
  }

  private async reached(context: OrganizationContext, id: string, startedAt: Date): Promise<void> {
    await this.database.transaction(context, (db) =>
      db.execute(
        sql`update gateway_accounts a set listed_until = ${startedAt} where ${db.tenant('a')} and a.id = ${id}::uuid`,
      ),
    );
  }

  private async after(id: string): Promise<Account[]> {
    return this.database.asPlatform('accounts with gateways that are asked for what has moved', (db) =>
      db.query<Account>(sql`
        select a.id, a.organization_id as "organizationId", a.listed_until as "listedUntil", s.now
        from gateway_accounts a join organization_standings s on s.id = a.organization_id
        where a.id > ${id}::uuid and s.status = 'active' order by a.id limit ${PAGE}`),
    );
  }
}
