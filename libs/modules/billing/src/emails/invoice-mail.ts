import { Injectable } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import type { Day } from '@balcao/money';
import {
  MailTemplateFor,
  type MailAttachment,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { DocumentService } from '../document.service.js';
import { FiscalNoteDocumentService } from '../fiscal/fiscal-note-document.service.js';
import { InvoiceMailReader, readerWantsMail, type InvoiceMailFacts } from './invoice-mail-facts.js';
import { amountOf, checkWords, speaking } from './mail-words.js';

/** Facts as a mail words them. */
export interface Worded extends InvoiceMailFacts {
  number: string;
  amount: (minor: bigint) => string;
  hasDocument: boolean;
  /** Whether files of fiscal notes are attached. */
  hasFiscalNotes: boolean;
}

export type InvoiceTexts = Record<Locale, (facts: Worded) => MailText>;
/** Whether what a mail tells of is still so. `dueOn` is the due date of which a reminder was asked for. */
export type IsTrue = (facts: InvoiceMailFacts, dueOn: Day | undefined) => boolean;

/**
 * A mail about an invoice. Dropped where it is not true any more, and where its reader is no longer to be told.
 * @param attaches `invoice` is the invoice's document, with the files of its fiscal notes; `fiscalNotes` those alone
 */
export function invoiceMail(
  template: MailTemplateName,
  isTrue: IsTrue,
  texts: InvoiceTexts,
  { attaches }: { attaches?: 'invoice' | 'fiscalNotes' } = {},
): new (reader: InvoiceMailReader, documents: DocumentService, fiscalNotes: FiscalNoteDocumentService) => MailTemplate {
  @Injectable()
  @MailTemplateFor(template)
  class InvoiceMail implements MailTemplate {
    constructor(
      private readonly reader: InvoiceMailReader,
      private readonly documents: DocumentService,
      private readonly fiscalNotes: FiscalNoteDocumentService,
    ) {}

    async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
      const facts = await this.reader.read(context, ids);
      if (!facts?.number || !isTrue(facts, ids['dueOn']) || !readerWantsMail(facts, recipient.email)) return 'drop';
      const document =
        attaches === 'invoice' ? await this.documents.toAttach(context, { invoiceId: facts.id }, locale) : undefined;
      const notes = attaches ? await this.filesOf(context, facts) : [];
      const { number, portalId, url, settingsUrl } = facts;
      const amount = amountOf(facts.currency, locale);
      const text = texts[locale]({
        ...facts,
        number,
        amount,
        hasDocument: document !== undefined,
        hasFiscalNotes: notes.length > 0,
      });
      // Without a page there is no way there.
      const body = url ? [...text.body] : text.body.filter((each) => !Array.isArray(each));
      if (facts.checkUrl && facts.checkCode) body.push(checkWords(facts.checkUrl, facts.checkCode, locale));
      return {
        ...mailOf({ ...text, body }, url ? speaking(url, locale) : ''),
        portalId,
        threadId: facts.id,
        ...(settingsUrl && { unsubscribeUrl: settingsUrl }),
        ...((document || notes.length > 0) && { attachments: [...(document ? [document] : []), ...notes] }),
      };
    }

    private async filesOf(context: OrganizationContext, { fiscalNotes }: InvoiceMailFacts): Promise<MailAttachment[]> {
      const files: MailAttachment[] = [];
      for (const { id } of fiscalNotes) files.push(...(await this.fiscalNotes.toAttach(context, id)));
      return files;
    }
  }
  return InvoiceMail;
}
