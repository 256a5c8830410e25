import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { TicketMailReader, type TicketMailFacts } from './ticket-mail-facts.js';

type Reply = TicketMailFacts & { body: string; authorName: string };

const CUSTOMER_REPLY: Record<Locale, (reply: Reply, url: string) => MailContent> = {
  'pt-BR': ({ number, subject, body, authorName }, url) => ({
    subject: `${authorName} respondeu: ${number} ${subject}`,
    preheader: 'Um chamado que está com você tem resposta do cliente.',
    heading: `${authorName} respondeu`,
    blocks: [
      { kind: 'paragraph', text: `O cliente respondeu ao chamado ${number}, “${subject}”, que está com você.` },
      { kind: 'quote', text: body, author: authorName },
      { kind: 'button', label: 'Abrir na entrada', url },
    ],
  }),
  'en-US': ({ number, subject, body, authorName }, url) => ({
    subject: `${authorName} replied: ${number} ${subject}`,
    preheader: 'A ticket of yours has a reply from the customer.',
    heading: `${authorName} replied`,
    blocks: [
      { kind: 'paragraph', text: `The customer replied to ticket ${number}, “${subject}”, which is assigned to you.` },
      { kind: 'quote', text: body, author: authorName },
      { kind: 'button', label: 'Open in the inbox', url },
    ],
  }),
};

/** Dropped when the ticket has gone to somebody else meanwhile, or the staff user has left. */
@Injectable()
@MailTemplateFor('ticket-customer-reply')
export class TicketCustomerReplyMail implements MailTemplate {
  constructor(private readonly reader: TicketMailReader) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const facts = await this.reader.read(context, ids);
    if (!facts?.isPublic || facts.staffStatus !== 'active' || facts.assigneeId !== ids.staffUserId) return 'drop';
    return {
      ...CUSTOMER_REPLY[locale](facts as Reply, this.reader.consoleUrl(facts)),
      portalId: facts.portalId,
      threadId: facts.ticketId,
      forStaff: true,
    };
  }
}
