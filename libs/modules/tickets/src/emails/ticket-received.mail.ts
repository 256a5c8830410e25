import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { ticketSettings } from '../ticket-settings.js';
import { TicketMailReader, readerWantsMail, type TicketMailFacts } from './ticket-mail-facts.js';

interface Words {
  subject: (number: string, subject: string) => string;
  preheader: (organization: string) => string;
  heading: string;
  received: (organization: string) => string;
  within: (hours: number) => string;
  number: string;
  title: string;
  follow: string;
}

const WORDS: Record<Locale, Words> = {
  'pt-BR': {
    subject: (number, subject) => `Recebemos seu chamado ${number}: ${subject}`,
    preheader: (organization) => `${organization} vai responder por aqui e no portal.`,
    heading: 'Recebemos seu chamado',
    received: (organization) => `${organization} recebeu seu chamado e vai responder por e-mail e no portal.`,
    within: (hours) =>
      hours === 1 ? 'A primeira resposta vem em até 1 hora.' : `A primeira resposta vem em até ${hours} horas.`,
    number: 'Número',
    title: 'Assunto',
    follow: 'Acompanhar o chamado',
  },
  'en-US': {
    subject: (number, subject) => `We received your ticket ${number}: ${subject}`,
    preheader: (organization) => `${organization} will answer here and in the portal.`,
    heading: 'We received your ticket',
    received: (organization) => `${organization} received your ticket and will answer by email and in the portal.`,
    within: (hours) =>
      hours === 1 ? 'You get a first answer within 1 hour.' : `You get a first answer within ${hours} hours.`,
    number: 'Number',
    title: 'Subject',
    follow: 'Follow the ticket',
  },
};

/** The receipt repeats that many characters of what was written. */
const TOO_LONG = /^(.{2000}).+$/su;

function receipt(facts: TicketMailFacts, locale: Locale, url: string): MailContent {
  const { number, subject, description, organizationName, settings } = facts;
  const words = WORDS[locale];
  const { firstAnswerHours } = ticketSettings.of(settings);
  return {
    subject: words.subject(number, subject),
    preheader: words.preheader(organizationName),
    heading: words.heading,
    blocks: [
      { kind: 'paragraph', text: words.received(organizationName) },
      ...(firstAnswerHours > 0 ? [{ kind: 'paragraph' as const, text: words.within(firstAnswerHours) }] : []),
      { kind: 'hours' },
      {
        kind: 'facts',
        rows: [
          [words.number, number],
          [words.title, subject],
        ],
      },
      { kind: 'quote', text: description.replace(TOO_LONG, '$1…') },
      { kind: 'button', label: words.follow, url },
    ],
    portalId: facts.portalId,
    threadId: facts.ticketId,
  };
}

@Injectable()
@MailTemplateFor('ticket-received')
export class TicketReceivedMail implements MailTemplate {
  constructor(private readonly reader: TicketMailReader) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const facts = await this.reader.read(context, ids);
    if (!facts || !readerWantsMail(facts)) return 'drop';
    return receipt(facts, locale, this.reader.portalUrl(facts));
  }
}
