import { Injectable } from '@nestjs/common';
import { Database, sql, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';
import { OPEN_STATES } from './domain/payment.js';
import { PaymentRunner } from './payment-runner.service.js';

const BATCH = 100;
const OPEN = [...OPEN_STATES];

/** Where the clock of a sandbox moves, what can be paid no more by it is asked after before the next day begins. */
@Injectable()
export class PaymentDueWork implements DueWork {
  constructor(
    private readonly database: Database,
    private readonly runner: PaymentRunner,
  ) {}

  async runDue(context: OrganizationContext): Promise<void> {
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const due: { id: string }[] = await this.database.read(context, (db) =>
        db.query<{ id: string }>(sql`
          select p.id from payments p where ${db.tenant('p')} and p.state = any(${OPEN}::text[]) and p.expires_at <= ${context.clock.now()}
            and p.id > ${last}::uuid order by p.id limit ${BATCH}`),
      );
      for (const { id } of due) await this.runner.ask(context, id);
      if (due.length < BATCH) return;
      last = due.at(-1)!.id;
    }
  }
}
