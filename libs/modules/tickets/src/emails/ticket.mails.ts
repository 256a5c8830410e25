import { Injectable } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { ticketSettings } from '../ticket-settings.js';
import { TicketMailReader, readerWantsMail, type TicketMailFacts } from './ticket-mail-facts.js';

/** With the comment of mails that have one. */
type Facts = TicketMailFacts & { body: string; authorName: string };
type Texts = Record<Locale, (facts: Facts) => MailText>;

/**
 * A mail about a ticket to its submitter or to the one who takes care. Dropped where that is somebody else meanwhile, or
 * somebody who is no longer to be told, and where it is not `true` any more.
 */
function ticketMail(
  template: MailTemplateName,
  reader: 'submitter' | 'assignee',
  isTrue: (facts: TicketMailFacts) => boolean | null,
  texts: Texts,
): new (reader: TicketMailReader) => MailTemplate {
  const forStaff = reader === 'assignee';
  @Injectable()
  @MailTemplateFor(template)
  class TicketMail implements MailTemplate {
    constructor(private readonly reader: TicketMailReader) {}

    async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
      const facts = await this.reader.read(context, ids);
      if (!facts || !isTrue(facts)) return 'drop';
      const takesCare = facts.staffStatus === 'active' && facts.assigneeId === ids.staffUserId;
      if (!(forStaff ? takesCare : readerWantsMail(facts))) return 'drop';
      const url = forStaff ? this.reader.consoleUrl(facts) : this.reader.portalUrl(facts);
      const content = mailOf(texts[locale](facts as Facts), url);
      return { ...content, portalId: facts.portalId, threadId: facts.ticketId, forStaff };
    }
  }
  return TicketMail;
}

const always = () => true;
const isPublic = (facts: TicketMailFacts) => facts.isPublic;

const CLOSING: Record<Locale, (date: string) => string> = {
  'pt-BR': (date) => `Sem resposta sua, o chamado se encerra em ${date}.`,
  'en-US': (date) => `Without a reply from you, the ticket closes on ${date}.`,
};

/** The day on which a resolved ticket closes by itself, if it does. */
function closingDay(
  { status, autoCloseAt, timeZone }: Pick<TicketMailFacts, 'status' | 'autoCloseAt' | 'timeZone'>,
  locale: Locale,
): string[] {
  if (status !== 'resolved' || !autoCloseAt) return [];
  return [CLOSING[locale](new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(autoCloseAt))];
}

/** A mail of one sentence, which stands beside its subject as well. */
const briefly = (subject: string, heading: string, sentence: string, button: string): MailText => ({
  subject,
  preheader: sentence,
  heading,
  body: [sentence, [button]],
});

/** The receipt repeats that many characters of what was written. */
const TOO_LONG = /^(.{2000}).+$/su;

/** What stands in a receipt behind its first words: when there is an answer, and what was written. */
const receipt = (
  { number, subject, description, settings }: TicketMailFacts,
  words: { within: (hours: number) => string; number: string; subject: string },
): MailText['body'] => {
  const { firstAnswerHours } = ticketSettings.of(settings);
  return [
    ...(firstAnswerHours > 0 ? [words.within(firstAnswerHours)] : []),
    { kind: 'hours' },
    { kind: 'facts', rows: [[words.number, number] as const, [words.subject, subject] as const] },
    { kind: 'quote', text: description.replace(TOO_LONG, '$1…') },
  ];
};

export const TicketReceivedMail = ticketMail('ticket-received', 'submitter', always, {
  'pt-BR': (facts) => ({
    subject: `Recebemos seu chamado ${facts.number}: ${facts.subject}`,
    preheader: `${facts.organizationName} vai responder por aqui e no portal.`,
    heading: 'Recebemos seu chamado',
    body: [
      `${facts.organizationName} recebeu seu chamado e vai responder por e-mail e no portal.`,
      ...receipt(facts, {
        within: (hours) => `A primeira resposta vem em até ${hours === 1 ? '1 hora' : `${hours} horas`}.`,
        number: 'Número',
        subject: 'Assunto',
      }),
      ['Acompanhar o chamado'],
    ],
  }),
  'en-US': (facts) => ({
    subject: `We received your ticket ${facts.number}: ${facts.subject}`,
    preheader: `${facts.organizationName} will answer here and in the portal.`,
    heading: 'We received your ticket',
    body: [
      `${facts.organizationName} received your ticket and will answer by email and in the portal.`,
      ...receipt(facts, {
        within: (hours) => `You get a first answer within ${hours === 1 ? '1 hour' : `${hours} hours`}.`,
        number: 'Number',
        subject: 'Subject',
      }),
      ['Follow the ticket'],
    ],
  }),
});

export const TicketReplyMail = ticketMail('ticket-reply', 'submitter', isPublic, {
  'pt-BR': ({ number, subject, body, authorName, organizationName, ...facts }) => ({
    subject: `Resposta ao chamado ${number}: ${subject}`,
    preheader: `${authorName} respondeu ao seu chamado.`,
    heading: `${authorName} respondeu ao seu chamado`,
    body: [
      `Há uma resposta de ${organizationName} ao chamado ${number}, “${subject}”.`,
      { kind: 'quote', text: body, author: authorName },
      ...closingDay(facts, 'pt-BR'),
      ['Responder no portal'],
    ],
  }),
  'en-US': ({ number, subject, body, authorName, organizationName, ...facts }) => ({
    subject: `Answer to ticket ${number}: ${subject}`,
    preheader: `${authorName} answered your ticket.`,
    heading: `${authorName} answered your ticket`,
    body: [
      `${organizationName} answered ticket ${number}, “${subject}”.`,
      { kind: 'quote', text: body, author: authorName },
      ...closingDay(facts, 'en-US'),
      ['Reply in the portal'],
    ],
  }),
});

export const TicketResolvedMail = ticketMail('ticket-resolved', 'submitter', ({ status }) => status === 'resolved', {
  'pt-BR': ({ number, subject, organizationName, ...facts }) => ({
    subject: `Chamado resolvido: ${number} ${subject}`,
    preheader: 'Se o problema continua, é só responder no portal.',
    heading: 'Seu chamado foi resolvido',
    body: [
      `${organizationName} deu por resolvido o chamado ${number}, “${subject}”.`,
      'Se o problema continua, responda no portal e o atendimento segue de onde parou.',
      ...closingDay(facts, 'pt-BR'),
      ['Ver o chamado'],
    ],
  }),
  'en-US': ({ number, subject, organizationName, ...facts }) => ({
    subject: `Ticket resolved: ${number} ${subject}`,
    preheader: 'If the problem is still there, reply in the portal.',
    heading: 'Your ticket was resolved',
    body: [
      `${organizationName} considers ticket ${number}, “${subject}”, resolved.`,
      'If the problem is still there, reply in the portal and we carry on from here.',
      ...closingDay(facts, 'en-US'),
      ['See the ticket'],
    ],
  }),
});

export const TicketCustomerReplyMail = ticketMail('ticket-customer-reply', 'assignee', isPublic, {
  'pt-BR': ({ number, subject, body, authorName }) => ({
    subject: `${authorName} respondeu: ${number} ${subject}`,
    preheader: 'Um chamado que está com você tem resposta do cliente.',
    heading: `${authorName} respondeu`,
    body: [
      `O cliente respondeu ao chamado ${number}, “${subject}”, que está com você.`,
      { kind: 'quote', text: body, author: authorName },
      ['Abrir na entrada'],
    ],
  }),
  'en-US': ({ number, subject, body, authorName }) => ({
    subject: `${authorName} replied: ${number} ${subject}`,
    preheader: 'A ticket of yours has a reply from the customer.',
    heading: `${authorName} replied`,
    body: [
      `The customer replied to ticket ${number}, “${subject}”, which is assigned to you.`,
      { kind: 'quote', text: body, author: authorName },
      ['Open in the inbox'],
    ],
  }),
});

const isClosed = ({ status }: TicketMailFacts) => status === 'closed';

export const TicketCustomerCloseMail = ticketMail('ticket-customer-close', 'assignee', isClosed, {
  'pt-BR': ({ number, subject }) =>
    briefly(
      `Encerrado pelo cliente: ${number} ${subject}`,
      'O cliente encerrou o chamado',
      `O cliente encerrou o chamado ${number}, “${subject}”, que está com você. Não há mais nada a fazer.`,
      'Abrir na entrada',
    ),
  'en-US': ({ number, subject }) =>
    briefly(
      `Closed by the customer: ${number} ${subject}`,
      'The customer closed the ticket',
      `The customer closed ticket ${number}, “${subject}”, which is assigned to you. Nothing is left to do.`,
      'Open in the inbox',
    ),
});

export const TicketCustomerReopenMail = ticketMail('ticket-customer-reopen', 'assignee', (facts) => !isClosed(facts), {
  'pt-BR': ({ number, subject }) =>
    briefly(
      `Reaberto pelo cliente: ${number} ${subject}`,
      'O cliente reabriu o chamado',
      `O chamado ${number}, “${subject}”, que está com você, ainda não está resolvido para o cliente.`,
      'Abrir na entrada',
    ),
  'en-US': ({ number, subject }) =>
    briefly(
      `Reopened by the customer: ${number} ${subject}`,
      'The customer reopened the ticket',
      `Ticket ${number}, “${subject}”, which is assigned to you, is not solved yet for the customer.`,
      'Open in the inbox',
    ),
});

/** Every mail about a ticket. */
export const TICKET_MAILS = [
  TicketReceivedMail,
  TicketReplyMail,
  TicketResolvedMail,
  TicketCustomerReplyMail,
  TicketCustomerCloseMail,
  TicketCustomerReopenMail,
];
