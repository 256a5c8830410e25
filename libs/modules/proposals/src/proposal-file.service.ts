import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { proofMediaType, proofName, type ProofMediaType } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Downloads, Storage } from '@balcao/platform-storage';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { ProposalFileRepository, fileKey } from './persistence/proposal-file.repository.js';
import { ProposalRepository } from './persistence/proposal.repository.js';
import type { FileRow, ProposalRow } from './persistence/proposal.rows.js';

/** Files of a version at most. */
export const MOST_FILES = 10;

/** Where a file can be fetched for a short while. */
export interface ProposalFile {
  url: string;
  name: string;
  mediaType: ProofMediaType;
  bytes: number;
}

/** Files that belong to what is proposed: they come and go while a version is a draft, and its text names them by their SHA-256. */
@Injectable()
export class ProposalFileService {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly files: ProposalFileRepository,
    private readonly storage: Storage,
    private readonly downloads: Downloads,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * Adds a file to the draft.
   * @param content reads the file, whole, once it is known that it may come
   * @throws DomainError not_found, proposal_not_draft, proposal_too_many_files, validation_failed for what is neither a picture nor a PDF
   */
  async add(
    context: OrganizationContext,
    proposalId: string,
    fileName: string,
    content: () => Promise<Buffer>,
  ): Promise<FileRow> {
    await this.database.read(context, (db) => this.room(db, proposalId));
    const file = await content();
    if (file.length === 0) throw refusedField('file', 'pictureEmpty');
    const mediaType = proofMediaType(file);
    if (!mediaType) throw refusedField('file', 'isProofFile');
    const id = newId();
    const digest = createHash('sha256').update(file).digest('hex');
    const row = { id, storageId: id, fileName: proofName(fileName, mediaType), mediaType, bytes: file.length, digest };
    await this.database.transaction(context, async (db) => {
      found(await this.proposals.lock(db, proposalId));
      await this.files.add(db, await this.room(db, proposalId), row, 'receiving');
    });
    const key = fileKey(context.organizationId, id);
    try {
      await this.storage.put(key, Readable.from([file]), file.length);
      return await this.database.transaction(context, async (db) => {
        const proposal = found(await this.proposals.lock(db, proposalId));
        await this.files.keep(db, id);
        await this.changed(db, context, proposal, 'staff.proposal_file.create', row);
        return found(await this.files.find(db, proposalId, id));
      });
    } catch (error) {
      await this.storage.delete(key);
      await this.database.transaction(context, (db) => this.files.remove(db, id));
      throw error;
    }
  }

  /** Takes a file from the draft. @throws DomainError not_found, proposal_not_draft for one of a version that was sent */
  async remove(context: OrganizationContext, proposalId: string, id: string): Promise<void> {
    const alone = await this.database.transaction(context, async (db) => {
      const proposal = found(await this.proposals.lock(db, proposalId));
      const file = found(await this.files.find(db, proposalId, id));
      const draft = await this.proposals.draft(db, proposalId);
      if (draft?.id !== file.versionId) throw new DomainError('proposal_not_draft');
      const isAlone = await this.files.isAlone(db, file);
      await this.files.remove(db, id);
      await this.changed(db, context, proposal, 'staff.proposal_file.delete', file);
      return isAlone ? file.storageId : null;
    });
    // Behind the commit: a row that stays has its file.
    if (alone) await this.storage.delete(fileKey(context.organizationId, alone));
  }

  /** Where a file can be fetched, of a version that its reader may see. @throws DomainError not_found */
  async address(context: OrganizationContext, proposalId: string, id: string): Promise<ProposalFile> {
    const file = await this.database.read(context, async (db) => found(await this.files.find(db, proposalId, id)));
    const { storageId, fileName: name, mediaType, bytes } = file;
    const key = fileKey(context.organizationId, storageId);
    return { url: this.downloads.address({ key, type: mediaType, name }), name, mediaType, bytes };
  }

  private async room(db: Db, proposalId: string) {
    found(await this.proposals.find(db, proposalId));
    const draft = await this.proposals.draft(db, proposalId);
    if (!draft) throw new DomainError('proposal_not_draft');
    if ((await this.files.count(db, draft.id)) >= MOST_FILES) throw new DomainError('proposal_too_many_files');
    return draft;
  }

  private async changed(
    db: Db,
    context: OrganizationContext,
    { id: proposalId, billingAccountId }: ProposalRow,
    action: 'staff.proposal_file.create' | 'staff.proposal_file.delete',
    { id, fileName, bytes, digest }: Pick<FileRow, 'id' | 'fileName' | 'bytes' | 'digest'>,
  ): Promise<void> {
    const told = { proposalId, fileName, bytes, digest };
    await this.audit.record(db, context, {
      action,
      target: { type: 'proposal_file', id },
      billingAccountId,
      changes: action === 'staff.proposal_file.create' ? { after: told } : { before: told },
    });
    await this.events.publish(db, context, { name: 'proposal.drafted', ids: { proposalId } });
  }
}
