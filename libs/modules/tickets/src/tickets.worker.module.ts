import { Module } from '@nestjs/common';
import { TicketCustomerCloseMail, TicketCustomerReopenMail } from './emails/ticket-customer-decision.mail.js';
import { TicketCustomerReplyMail } from './emails/ticket-customer-reply.mail.js';
import { TicketMailReader } from './emails/ticket-mail-facts.js';
import { TicketReceivedMail } from './emails/ticket-received.mail.js';
import { TicketReplyMail } from './emails/ticket-reply.mail.js';
import { TicketResolvedMail } from './emails/ticket-resolved.mail.js';
import { CloseResolvedHandler } from './jobs/close-resolved.handler.js';
import { TicketsCoreModule } from './tickets.core.module.js';

const MAILS = [
  TicketReceivedMail,
  TicketReplyMail,
  TicketResolvedMail,
  TicketCustomerReplyMail,
  TicketCustomerCloseMail,
  TicketCustomerReopenMail,
];

/** The mails that tickets send, and the job that closes the resolved ones. */
@Module({ imports: [TicketsCoreModule], providers: [TicketMailReader, CloseResolvedHandler, ...MAILS] })
export class TicketsWorkerModule {}
