import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { UnprovedRecipients } from '../unproved-recipients.js';
import { BrandingFinder } from './branding-finder.js';
import { MailAttachments } from './mail-attachments.js';
import { MailSendHandler } from './mail-send.handler.js';
import { MailTemplateRegistry } from './mail-template-registry.js';
import { SmtpSender } from './smtp-sender.js';

/** Handles `mail.send`. Needs `StateModule` and `StorageModule`. Templates and branding come from the other modules of the worker. */
@Module({
  imports: [DiscoveryModule],
  providers: [MailTemplateRegistry, BrandingFinder, MailAttachments, SmtpSender, UnprovedRecipients, MailSendHandler],
})
export class MailWorkerModule {}
