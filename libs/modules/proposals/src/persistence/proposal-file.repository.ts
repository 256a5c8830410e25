import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import { insertInto, sql, type Db } from '@balcao/platform-tenancy';
import { FILE_COLUMNS, type FileRow, type VersionRow } from './proposal.rows.js';

/** Where a file lies: below its organization's, with which it goes. */
export const fileKey = (organizationId: string, storageId: string): string =>
  `proposal-files/${organizationId}/${storageId}`;

/** Rows of files that belong to versions. */
@Injectable()
export class ProposalFileRepository {
  /** A version's, in the order in which they came. */
  async of(db: Db, versionId: string): Promise<FileRow[]> {
    return db.query<FileRow>(sql`
      select ${FILE_COLUMNS} from proposal_files f
      where ${db.account('f')} and f.version_id = ${versionId}::uuid and f.status = 'kept' order by f.id`);
  }

  /** One of a proposal's version. */
  async find(db: Db, proposalId: string, id: string): Promise<FileRow | undefined> {
    return db.first<FileRow>(sql`
      select ${FILE_COLUMNS} from proposal_files f
      where ${db.account('f')} and f.proposal_id = ${proposalId}::uuid and f.id = ${id}::uuid and f.status = 'kept'`);
  }

  /** How many a version has, with those that are on their way. */
  async count(db: Db, versionId: string): Promise<number> {
    const row = await db.first<{ count: number }>(
      sql`select count(*)::integer as count from proposal_files f where ${db.tenant('f')} and f.version_id = ${versionId}::uuid`,
    );
    return row!.count;
  }

  async add(
    db: Db,
    version: VersionRow,
    file: Omit<FileRow, 'versionId'>,
    status: 'receiving' | 'kept',
  ): Promise<void> {
    const { billingAccountId, proposalId, id: versionId } = version;
    await db.execute(insertInto('proposal_files', { ...file, billingAccountId, proposalId, versionId, status }));
  }

  async keep(db: Db, id: string): Promise<void> {
    await db.execute(sql`update proposal_files f set status = 'kept' where ${db.tenant('f')} and f.id = ${id}::uuid`);
  }

  async remove(db: Db, id: string): Promise<void> {
    await db.execute(sql`delete from proposal_files f where ${db.tenant('f')} and f.id = ${id}::uuid`);
  }

  /** Gives a version the files of another: they lie where they lay. */
  async copy(db: Db, fromVersionId: string, version: VersionRow): Promise<void> {
    for (const file of await this.of(db, fromVersionId)) {
      const { versionId: _from, ...kept } = file;
      await this.add(db, version, { ...kept, id: newId() }, 'kept');
    }
  }

  /** Whether a file lies in storage for its version alone. */
  async isAlone(db: Db, { storageId, versionId }: FileRow): Promise<boolean> {
    const [other] = await db.query(sql`
      select from proposal_files f where ${db.tenant('f')} and f.storage_id = ${storageId}::uuid and f.version_id <> ${versionId}::uuid limit 1`);
    return other === undefined;
  }

  /** Of the files of a version, those that lie in storage for no other. */
  async aloneIn(db: Db, versionId: string): Promise<string[]> {
    const rows = await db.query<{ storageId: string }>(sql`
      select f.storage_id as "storageId" from proposal_files f
      where ${db.tenant('f')} and f.version_id = ${versionId}::uuid and not exists (select from proposal_files o
        where ${db.tenant('o')} and o.storage_id = f.storage_id and o.version_id <> f.version_id)`);
    return rows.map(({ storageId }) => storageId);
  }
}
