import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { TicketMailReader, readerWantsMail, type TicketMailFacts } from './ticket-mail-facts.js';

const RECEIVED: Record<Locale, (facts: TicketMailFacts, url: string) => MailContent> = {
  'pt-BR': ({ number, subject, organizationName }, url) => ({
    subject: `Recebemos seu chamado ${number}: ${subject}`,
    preheader: `${organizationName} vai responder por aqui e no portal.`,
    heading: 'Recebemos seu chamado',
    blocks: [
      { kind: 'paragraph', text: `${organizationName} recebeu seu chamado e vai responder por e-mail e no portal.` },
      {
        kind: 'facts',
        rows: [
          ['Número', number],
          ['Assunto', subject],
        ],
      },
      { kind: 'button', label: 'Acompanhar o chamado', url },
    ],
  }),
  'en-US': ({ number, subject, organizationName }, url) => ({
    subject: `We received your ticket ${number}: ${subject}`,
    preheader: `${organizationName} will answer here and in the portal.`,
    heading: 'We received your ticket',
    blocks: [
      {
        kind: 'paragraph',
        text: `${organizationName} received your ticket and will answer by e-mail and in the portal.`,
      },
      {
        kind: 'facts',
        rows: [
          ['Number', number],
          ['Subject', subject],
        ],
      },
      { kind: 'button', label: 'Follow the ticket', url },
    ],
  }),
};

@Injectable()
@MailTemplateFor('ticket-received')
export class TicketReceivedMail implements MailTemplate {
  constructor(private readonly reader: TicketMailReader) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const facts = await this.reader.read(context, ids);
    if (!facts || !readerWantsMail(facts)) return 'drop';
    return { ...RECEIVED[locale](facts, this.reader.portalUrl(facts)), portalId: facts.portalId };
  }
}
