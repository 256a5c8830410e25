import { Injectable } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import type { Day } from '@balcao/money';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { DocumentService } from '../document.service.js';
import { InvoiceMailReader, readerWantsMail, type InvoiceMailFacts } from './invoice-mail-facts.js';
import { amountOf } from './mail-words.js';

/** Facts as a mail words them. */
export interface Worded extends InvoiceMailFacts {
  number: string;
  amount: (minor: bigint) => string;
  hasDocument: boolean;
}

export type InvoiceTexts = Record<Locale, (facts: Worded) => MailText>;
/** Whether what a mail tells of is still so. `dueOn` is the due date of which a reminder was asked for. */
export type IsTrue = (facts: InvoiceMailFacts, dueOn: Day | undefined) => boolean;

/**
 * A mail about an invoice. Dropped where it is not true any more, and where its reader is no longer to be told.
 * @param attaches the invoice's document
 */
export function invoiceMail(
  template: MailTemplateName,
  isTrue: IsTrue,
  texts: InvoiceTexts,
  { attaches = false } = {},
): new (reader: InvoiceMailReader, documents: DocumentService) => MailTemplate {
  @Injectable()
  @MailTemplateFor(template)
  class InvoiceMail implements MailTemplate {
    constructor(
      private readonly reader: InvoiceMailReader,
      private readonly documents: DocumentService,
    ) {}

    async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
      const facts = await this.reader.read(context, ids);
      if (!facts?.number || !isTrue(facts, ids['dueOn']) || !readerWantsMail(facts, recipient.email)) return 'drop';
      const document = attaches ? await this.documents.toAttach(context, facts.id, locale) : undefined;
      const { number, portalId, url, settingsUrl } = facts;
      const amount = amountOf(facts.currency, locale);
      const text = texts[locale]({ ...facts, number, amount, hasDocument: document !== undefined });
      // Without a page there is no way there.
      const body = url ? text.body : text.body.filter((each) => !Array.isArray(each));
      return {
        ...mailOf({ ...text, body }, url ?? ''),
        portalId,
        threadId: facts.id,
        ...(settingsUrl && { unsubscribeUrl: settingsUrl }),
        ...(document && { attachments: [document] }),
      };
    }
  }
  return InvoiceMail;
}
