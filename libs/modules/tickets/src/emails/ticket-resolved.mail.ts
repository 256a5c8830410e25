import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { TicketMailReader, readerWantsMail, withClosingDay, type TicketMailFacts } from './ticket-mail-facts.js';

const RESOLVED: Record<Locale, (facts: TicketMailFacts, url: string) => MailContent> = {
  'pt-BR': ({ number, subject, organizationName }, url) => ({
    subject: `Chamado resolvido: ${number} ${subject}`,
    preheader: 'Se o problema continua, é só responder no portal.',
    heading: 'Seu chamado foi resolvido',
    blocks: [
      { kind: 'paragraph', text: `${organizationName} deu por resolvido o chamado ${number}, “${subject}”.` },
      { kind: 'paragraph', text: 'Se o problema continua, responda no portal e o atendimento segue de onde parou.' },
      { kind: 'button', label: 'Ver o chamado', url },
    ],
  }),
  'en-US': ({ number, subject, organizationName }, url) => ({
    subject: `Ticket resolved: ${number} ${subject}`,
    preheader: 'If the problem is still there, reply in the portal.',
    heading: 'Your ticket was resolved',
    blocks: [
      { kind: 'paragraph', text: `${organizationName} considers ticket ${number}, “${subject}”, resolved.` },
      { kind: 'paragraph', text: 'If the problem is still there, reply in the portal and we carry on from here.' },
      { kind: 'button', label: 'See the ticket', url },
    ],
  }),
};

/** Dropped when the ticket was taken up again, or closed, before it went out. */
@Injectable()
@MailTemplateFor('ticket-resolved')
export class TicketResolvedMail implements MailTemplate {
  constructor(private readonly reader: TicketMailReader) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const facts = await this.reader.read(context, ids);
    if (!facts || facts.status !== 'resolved' || !readerWantsMail(facts)) return 'drop';
    const content = RESOLVED[locale](facts, this.reader.portalUrl(facts));
    return { ...withClosingDay(content, facts, locale), portalId: facts.portalId, threadId: facts.ticketId };
  }
}
