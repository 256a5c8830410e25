import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { DomainError } from '@balcao/platform-errors';
import { Storage } from '@balcao/platform-storage';
import { Database, type Db, type PortalContext, type StaffContext, type Total } from '@balcao/platform-tenancy';
import { accountName } from '../persistence/statement.js';
import {
  MONTH,
  listFiscalFiles,
  listFiscalMonths,
  listFiscalNotes,
  type FolderFileRow,
  type FolderFilter,
  type FolderMonthRow,
  type FolderNoteRow,
} from './fiscal-folder.js';

/** An archive holds the files of so many notes. */
const MOST_NOTES = 2_000;

/** A file of an archive, opened when it is its turn. */
interface ArchivedFile {
  name: string;
  isText: boolean;
  content: Readable;
  changedAt: Date;
}

/** What an archive says of notes whose printed form is not there. */
const MISSING: Record<Locale, { name: string; text: string }> = {
  'pt-BR': {
    name: 'LEIA-ME.txt',
    text: 'O PDF destas notas ainda não está pronto. O XML delas está aqui; abra cada nota para preparar o PDF.',
  },
  'en-US': {
    name: 'README.txt',
    text: 'The PDF of these notes is not ready yet. Their XML is here; open each note to have its PDF made.',
  },
};

/** All fiscal notes of a customer in one place, month by month, for themselves, for staff, and for who keeps their books. */
@Injectable()
export class FiscalFolderService {
  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
  ) {}

  /** @throws DomainError not_found for a customer that there is not */
  async list(
    context: PortalContext | StaffContext,
    filter: FolderFilter,
    page: { limit: number; offset: number },
  ): Promise<Total & { rows: FolderNoteRow[] }> {
    return this.read(context, filter, (db) => listFiscalNotes(db, filter, page));
  }

  /** @throws DomainError not_found for a customer that there is not */
  async months(context: PortalContext | StaffContext, filter: FolderFilter): Promise<FolderMonthRow[]> {
    return this.read(context, filter, (db) => listFiscalMonths(db, filter));
  }

  /**
   * The files of a month's notes: of each its XML, that of the event that ended it, and its printed form where it was drawn.
   * @throws DomainError not_found where there is none, export_too_long for more than 2,000 notes
   */
  async files(
    context: PortalContext | StaffContext,
    filter: FolderFilter & { month: string },
  ): Promise<AsyncGenerator<ArchivedFile>> {
    if (!MONTH.test(filter.month)) throw new DomainError('not_found');
    const notes = await this.read(context, filter, (db) => listFiscalFiles(db, filter, MOST_NOTES));
    if (notes.length === 0) throw new DomainError('not_found');
    if (notes.length > MOST_NOTES) throw new DomainError('export_too_long');
    return this.open(notes, context.locale);
  }

  private async read<Found>(
    context: PortalContext | StaffContext,
    { billingAccountId }: FolderFilter,
    find: (db: Db) => Promise<Found>,
  ): Promise<Found> {
    return this.database.read(context, async (db) => {
      const [found] = await Promise.all([find(db), billingAccountId && accountName(db, billingAccountId)]);
      return found;
    });
  }

  private async *open(notes: readonly FolderFileRow[], locale: Locale): AsyncGenerator<ArchivedFile> {
    const missing: string[] = [];
    const last = new Date(`${notes.at(-1)!.issuedOn}T12:00:00Z`);
    for (const { number, accessKey, issuedOn, xmlKey, eventXmlKey, documentKey } of notes) {
      const changedAt = new Date(`${issuedOn}T12:00:00Z`);
      const name = `NFS-e-${number}-${accessKey}`;
      const files: [ending: string, key: string | null, isText: boolean][] = [
        ['.xml', xmlKey, true],
        ['-evento.xml', eventXmlKey, true],
        ['.pdf', documentKey, false],
      ];
      for (const [ending, key, isText] of files) {
        const file = key && (await this.storage.get(key));
        if (file) yield { name: name + ending, isText, content: file.content, changedAt };
        else if (ending === '.pdf') missing.push(name);
      }
    }
    if (missing.length === 0) return;
    const { name, text } = MISSING[locale];
    const content = Readable.from([Buffer.from([text, '', ...missing, ''].join('\r\n'))]);
    yield { name, isText: true, content, changedAt: last };
  }
}
