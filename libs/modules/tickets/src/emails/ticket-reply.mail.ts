import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { TicketMailReader, readerWantsMail, withClosingDay, type TicketMailFacts } from './ticket-mail-facts.js';

type Reply = TicketMailFacts & { body: string; authorName: string };

const REPLY: Record<Locale, (reply: Reply, url: string) => MailContent> = {
  'pt-BR': ({ number, subject, body, authorName, organizationName }, url) => ({
    subject: `Resposta ao chamado ${number}: ${subject}`,
    preheader: `${authorName} respondeu ao seu chamado.`,
    heading: `${authorName} respondeu ao seu chamado`,
    blocks: [
      { kind: 'paragraph', text: `Há uma resposta de ${organizationName} ao chamado ${number}, “${subject}”.` },
      { kind: 'quote', text: body, author: authorName },
      { kind: 'button', label: 'Responder no portal', url },
    ],
  }),
  'en-US': ({ number, subject, body, authorName, organizationName }, url) => ({
    subject: `Answer to ticket ${number}: ${subject}`,
    preheader: `${authorName} answered your ticket.`,
    heading: `${authorName} answered your ticket`,
    blocks: [
      { kind: 'paragraph', text: `${organizationName} answered ticket ${number}, “${subject}”.` },
      { kind: 'quote', text: body, author: authorName },
      { kind: 'button', label: 'Reply in the portal', url },
    ],
  }),
};

@Injectable()
@MailTemplateFor('ticket-reply')
export class TicketReplyMail implements MailTemplate {
  constructor(private readonly reader: TicketMailReader) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const facts = await this.reader.read(context, ids);
    if (!facts?.isPublic || !readerWantsMail(facts)) return 'drop';
    const content = REPLY[locale](facts as Reply, this.reader.portalUrl(facts));
    return { ...withClosingDay(content, facts, locale), portalId: facts.portalId, threadId: facts.ticketId };
  }
}
