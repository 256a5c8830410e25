import { Global, Module } from '@nestjs/common';
import { Mailer } from './mailer.js';

/** For processes that ask for mails; sending them is `MailWorkerModule`'s business. Needs `OutboxModule`. */
@Global()
@Module({ providers: [Mailer], exports: [Mailer] })
export class MailModule {}
