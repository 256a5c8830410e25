import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, raw, sql, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { MethodRunner } from '../methods/method-runner.service.js';
import { PaymentRunner } from '../payment-runner.service.js';
import { RefundService } from '../refund.service.js';

/** Of one run; what is left comes a minute later, the longest waiting first. */
const MOST = 300;

/** Where it stands when each is asked after next. */
const ASKED = {
  payment: ['payments', 'ask_at'],
  refund: ['refunds', 'ask_at'],
  setup: ['method_setups', 'ask_at'],
  forget: ['payment_methods', 'forget_at'],
} as const satisfies Record<Due['kind'], readonly [table: string, column: string]>;

interface Due {
  kind: 'payment' | 'refund' | 'setup' | 'forget';
  id: string;
  organizationId: string;
  now: Date | null;
}

/** Started by the clock: asks how payments, refunds and cards on their way stand of which nothing was heard when something should have been. */
@Injectable()
@JobHandler('payments.reconcile')
export class ReconcileHandler implements JobHandler<'payments.reconcile'> {
  constructor(
    private readonly database: Database,
    private readonly runner: PaymentRunner,
    private readonly refunds: RefundService,
    private readonly methods: MethodRunner,
  ) {}

  /** @throws AggregateError after all others were asked after, where one could not be */
  async handle(): Promise<void> {
    const failures: unknown[] = [];
    for (const { kind, id, organizationId, now } of await this.due()) {
      const context: OrganizationContext = systemContext(organizationId, { clock: clockOf({ now }) });
      try {
        if (kind === 'payment') await this.runner.ask(context, id);
        else if (kind === 'refund') await this.refunds.ask(context, id);
        else if (kind === 'setup') await this.methods.ask(context, id);
        else await this.methods.forget(context, id);
      } catch (error) {
        failures.push(error);
        await this.later(kind, id, organizationId);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every payment could be asked after');
  }

  private async due(): Promise<Due[]> {
    return this.database.asPlatform('payments of which nothing was heard', (db) =>
      db.query<Due>(sql`
        select d.kind, d.id, d.organization_id as "organizationId", s.now from (
          (select 'payment' as kind, p.id, p.organization_id, p.ask_at from payments p where p.ask_at <= now() order by p.ask_at limit ${MOST})
          union all
          (select 'refund', r.id, r.organization_id, r.ask_at from refunds r where r.ask_at <= now() order by r.ask_at limit ${MOST})
          union all
          (select 'setup', t.id, t.organization_id, t.ask_at from method_setups t where t.ask_at <= now() order by t.ask_at limit ${MOST})
          union all
          (select 'forget', m.id, m.organization_id, m.forget_at from payment_methods m where m.forget_at <= now() order by m.forget_at limit ${MOST})
        ) d join organization_standings s on s.id = d.organization_id order by d.ask_at limit ${MOST}`),
    );
  }

  /** What failed goes behind the others. */
  private async later(kind: Due['kind'], id: string, organizationId: string): Promise<void> {
    const context = systemContext(organizationId, { clock: clockOf({ now: null }) });
    const [table, column] = ASKED[kind];
    await this.database.transaction(context, (db) =>
      db.execute(
        sql`update ${raw(table)} t set ${raw(column)} = now() + interval '10 minutes' where ${db.tenant('t')} and t.id = ${id}::uuid`,
      ),
    );
  }
}
