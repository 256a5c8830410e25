import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, sql } from '@balcao/platform-tenancy';
import { ProofFiles } from '../proof-files/proof-files.js';

/** Rows that go in one run. */
const MOST = 1_000;

/** Started by the clock: takes away what nobody sent within a day, and what was withdrawn a month ago, with their files. */
@Injectable()
@JobHandler('billing.sweep-proofs')
export class SweepProofsHandler implements JobHandler<'billing.sweep-proofs'> {
  constructor(
    private readonly database: Database,
    private readonly files: ProofFiles,
  ) {}

  async handle(): Promise<void> {
    const rows = await this.database.asPlatform('proofs of payment that nobody sent', (db) =>
      db.query<{ organizationId: string; id: string }>(sql`
        select f.organization_id as "organizationId", f.id from payment_proofs f
        where f.status in ('receiving', 'uploaded', 'withdrawn') and f.created_at < now() - interval '1 day'
          and (f.status <> 'withdrawn' or f.created_at < now() - interval '30 days')
        order by f.created_at limit ${MOST}`),
    );
    // One that is sent at this moment stays, and so does its file; a file without a row would never be found.
    for (const { organizationId, id } of rows) {
      await this.database.asPlatform('proofs of payment that nobody sent', async (db) => {
        const [gone] = await db.query(sql`
          select from payment_proofs f where f.organization_id = ${organizationId}::uuid and f.id = ${id}::uuid
            and f.status in ('receiving', 'uploaded', 'withdrawn') for update skip locked`);
        if (!gone) return;
        await this.files.forget(organizationId, id);
        await db.execute(
          sql`delete from payment_proofs f where f.organization_id = ${organizationId}::uuid and f.id = ${id}::uuid`,
        );
      });
    }
  }
}
