import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Storage } from '@balcao/platform-storage';
import { Database, sql } from '@balcao/platform-tenancy';
import { uploadKey } from './picture.service.js';

/** Rows that go in one run. */
const MOST = 1_000;

/** Started by the clock: takes away rows of pictures that nobody waits for any more, with the files of their uploads. */
@Injectable()
@JobHandler('portal.sweep-pictures')
export class SweepPicturesHandler implements JobHandler<'portal.sweep-pictures'> {
  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
  ) {}

  async handle(): Promise<void> {
    const rows = await this.database.asPlatform('pictures that nobody waits for', (db) =>
      db.query<{ organizationId: string; id: string }>(sql`
        select p.organization_id as "organizationId", p.id from portal_pictures p
        where p.created_at < now() - interval '7 days'
          or (p.status = 'receiving' and p.created_at < now() - interval '1 hour')
        order by p.created_at limit ${MOST}`),
    );
    // Files first: a file without a row would never be found.
    for (const { organizationId, id } of rows) await this.storage.delete(uploadKey(organizationId, id));
    await this.database.asPlatform('pictures that nobody waits for', (db) =>
      db.execute(sql`delete from portal_pictures p where p.id = any(${rows.map(({ id }) => id)}::uuid[])`),
    );
  }
}
