import { Module } from '@nestjs/common';
import { TicketCustomerReplyMail } from './emails/ticket-customer-reply.mail.js';
import { TicketMailReader } from './emails/ticket-mail-facts.js';
import { TicketReceivedMail } from './emails/ticket-received.mail.js';
import { TicketReplyMail } from './emails/ticket-reply.mail.js';

/** The mails that tickets send. */
@Module({ providers: [TicketMailReader, TicketReceivedMail, TicketReplyMail, TicketCustomerReplyMail] })
export class TicketsWorkerModule {}
