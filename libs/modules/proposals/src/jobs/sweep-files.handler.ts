import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Storage } from '@balcao/platform-storage';
import { Database, sql } from '@balcao/platform-tenancy';
import { fileKey } from '../persistence/proposal-file.repository.js';

/** Rows that go in one run. */
const MOST = 1_000;

/** Started by the clock: takes away files that began to come a day ago and never were there whole. */
@Injectable()
@JobHandler('proposals.sweep-files')
export class SweepProposalFilesHandler implements JobHandler<'proposals.sweep-files'> {
  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
  ) {}

  async handle(): Promise<void> {
    const rows = await this.database.asPlatform('files of proposals that never came whole', (db) =>
      db.query<{ organizationId: string; id: string }>(sql`
        select f.organization_id as "organizationId", f.id from proposal_files f
        where f.status = 'receiving' and f.created_at < now() - interval '1 day' order by f.created_at limit ${MOST}`),
    );
    // A file without a row would never be found.
    for (const { organizationId, id } of rows) {
      await this.database.asPlatform('files of proposals that never came whole', async (db) => {
        const [gone] = await db.query(sql`
          select from proposal_files f where f.organization_id = ${organizationId}::uuid and f.id = ${id}::uuid
            and f.status = 'receiving' for update skip locked`);
        if (!gone) return;
        await this.storage.delete(fileKey(organizationId, id));
        await db.execute(
          sql`delete from proposal_files f where f.organization_id = ${organizationId}::uuid and f.id = ${id}::uuid`,
        );
      });
    }
  }
}
