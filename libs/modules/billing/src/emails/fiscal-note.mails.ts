import type { MailBlock } from '@balcao/platform-mail';
import { invoiceMail, type Worded } from './invoice-mail.js';

const noteOf = ({ fiscalNotes }: Worded) => fiscalNotes[0]!;
const facts = (rows: [string, string | null][]): MailBlock => ({
  kind: 'facts',
  rows: rows.filter((row): row is [string, string] => Boolean(row[1])),
});

/** Tells of a note that counts, with its files. */
export const FiscalNoteAddedMail = invoiceMail(
  'fiscal-note-added',
  ({ fiscalNotes: [note] }) => note?.status === 'authorized' && !note.isTest,
  {
    'pt-BR': (invoice) => ({
      subject: `Nota fiscal ${noteOf(invoice).number} da fatura ${invoice.number}`,
      preheader: `${invoice.title}. PDF e XML da NFS-e.`,
      heading: 'Sua nota fiscal',
      body: [
        `${invoice.organizationName} emitiu a nota fiscal de serviços da fatura ${invoice.number} de ${invoice.accountName}.`,
        facts([
          ['NFS-e', noteOf(invoice).number],
          ['Chave de acesso', noteOf(invoice).accessKey],
          ['Referente a', invoice.title],
        ]),
        ...(invoice.hasFiscalNotes ? ['Os arquivos da nota estão anexados.'] : []),
        ['Ver a fatura'],
      ],
    }),
    'en-US': (invoice) => ({
      subject: `Fiscal note ${noteOf(invoice).number} of invoice ${invoice.number}`,
      preheader: `${invoice.title}. PDF and XML of the NFS-e.`,
      heading: 'Your fiscal note',
      body: [
        `${invoice.organizationName} issued the fiscal note of services for invoice ${invoice.number} of ${invoice.accountName}.`,
        facts([
          ['NFS-e', noteOf(invoice).number],
          ['Access key', noteOf(invoice).accessKey],
          ['For', invoice.title],
        ]),
        ...(invoice.hasFiscalNotes ? ['The files of the note are attached.'] : []),
        ['View the invoice'],
      ],
    }),
  },
  { attaches: 'fiscalNotes' },
);

/** Tells of a note that counts no more, so that who has booked it takes it out. */
export const FiscalNoteCancelledMail = invoiceMail(
  'fiscal-note-cancelled',
  ({ fiscalNotes: [note] }) => note !== undefined && note.status !== 'authorized' && !note.isTest,
  {
    'pt-BR': (invoice) => ({
      subject: `Nota fiscal ${noteOf(invoice).number} ${noteOf(invoice).status === 'replaced' ? 'substituída' : 'cancelada'}`,
      preheader: `Da fatura ${invoice.number}: ${invoice.title}.`,
      heading:
        noteOf(invoice).status === 'replaced' ? 'Uma nota fiscal foi substituída' : 'Uma nota fiscal foi cancelada',
      body: [
        `A nota fiscal ${noteOf(invoice).number} da fatura ${invoice.number} de ${invoice.accountName} não vale mais. Se ela já foi escriturada, avise a sua contabilidade. O valor da fatura continua o mesmo.`,
        facts([
          ['NFS-e', noteOf(invoice).number],
          ['Chave de acesso', noteOf(invoice).accessKey],
          ['Motivo', noteOf(invoice).statusReason],
        ]),
        ['Ver a fatura'],
      ],
    }),
    'en-US': (invoice) => ({
      subject: `Fiscal note ${noteOf(invoice).number} ${noteOf(invoice).status === 'replaced' ? 'replaced' : 'cancelled'}`,
      preheader: `Of invoice ${invoice.number}: ${invoice.title}.`,
      heading: noteOf(invoice).status === 'replaced' ? 'A fiscal note was replaced' : 'A fiscal note was cancelled',
      body: [
        `Fiscal note ${noteOf(invoice).number} of invoice ${invoice.number} of ${invoice.accountName} counts no more. If it has been booked, tell your accountant. The amount of the invoice stays as it is.`,
        facts([
          ['NFS-e', noteOf(invoice).number],
          ['Access key', noteOf(invoice).accessKey],
          ['Reason', noteOf(invoice).statusReason],
        ]),
        ['View the invoice'],
      ],
    }),
  },
  { attaches: 'fiscalNotes' },
);
