import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { TicketMailReader, type TicketMailFacts } from './ticket-mail-facts.js';

type Texts = Record<
  Locale,
  (facts: TicketMailFacts) => { subject: string; heading: string; text: string; label: string }
>;

const CLOSED: Texts = {
  'pt-BR': ({ number, subject }) => ({
    subject: `Encerrado pelo cliente: ${number} ${subject}`,
    heading: 'O cliente encerrou o chamado',
    text: `O cliente encerrou o chamado ${number}, “${subject}”, que está com você. Não há mais nada a fazer.`,
    label: 'Abrir na entrada',
  }),
  'en-US': ({ number, subject }) => ({
    subject: `Closed by the customer: ${number} ${subject}`,
    heading: 'The customer closed the ticket',
    text: `The customer closed ticket ${number}, “${subject}”, which is assigned to you. Nothing is left to do.`,
    label: 'Open in the inbox',
  }),
};

const REOPENED: Texts = {
  'pt-BR': ({ number, subject }) => ({
    subject: `Reaberto pelo cliente: ${number} ${subject}`,
    heading: 'O cliente reabriu o chamado',
    text: `O chamado ${number}, “${subject}”, que está com você, ainda não está resolvido para o cliente.`,
    label: 'Abrir na entrada',
  }),
  'en-US': ({ number, subject }) => ({
    subject: `Reopened by the customer: ${number} ${subject}`,
    heading: 'The customer reopened the ticket',
    text: `Ticket ${number}, “${subject}”, which is assigned to you, is not solved yet for the customer.`,
    label: 'Open in the inbox',
  }),
};

/** Drops what has gone to somebody else meanwhile, and what the customer has decided otherwise since. */
async function decisionMail(
  reader: TicketMailReader,
  context: OrganizationContext,
  { ids, locale }: MailFacts,
  { texts, closed }: { texts: Texts; closed: boolean },
): Promise<MailContent | 'drop'> {
  const facts = await reader.read(context, ids);
  if (!facts || facts.staffStatus !== 'active' || facts.assigneeId !== ids.staffUserId) return 'drop';
  if ((facts.status === 'closed') !== closed) return 'drop';
  const { subject, heading, text, label } = texts[locale](facts);
  return {
    subject,
    preheader: text,
    heading,
    blocks: [
      { kind: 'paragraph', text },
      { kind: 'button', label, url: reader.consoleUrl(facts) },
    ],
    portalId: facts.portalId,
    threadId: facts.ticketId,
    forStaff: true,
  };
}

@Injectable()
@MailTemplateFor('ticket-customer-close')
export class TicketCustomerCloseMail implements MailTemplate {
  constructor(private readonly reader: TicketMailReader) {}

  async compose(context: OrganizationContext, facts: MailFacts): Promise<MailContent | 'drop'> {
    return decisionMail(this.reader, context, facts, { texts: CLOSED, closed: true });
  }
}

@Injectable()
@MailTemplateFor('ticket-customer-reopen')
export class TicketCustomerReopenMail implements MailTemplate {
  constructor(private readonly reader: TicketMailReader) {}

  async compose(context: OrganizationContext, facts: MailFacts): Promise<MailContent | 'drop'> {
    return decisionMail(this.reader, context, facts, { texts: REOPENED, closed: false });
  }
}
