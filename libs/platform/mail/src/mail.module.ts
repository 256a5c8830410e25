import { Global, Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { UnprovedRecipients } from './unproved-recipients.js';

/** For processes that ask for mails; sending them is `MailWorkerModule`'s business. Needs `OutboxModule` and `StateModule`. */
@Global()
@Module({ providers: [Mailer, UnprovedRecipients], exports: [Mailer, UnprovedRecipients] })
export class MailModule {}
