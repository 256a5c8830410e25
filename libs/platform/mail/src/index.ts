export { briefAddress } from './brief-address.js';
export { briefName } from './brief-name.js';
export { MailBranding, type MailBrand, type MailSender } from './mail-branding.js';
export { mailOf, type MailAttachment, type MailBlock, type MailContent, type MailText } from './mail-content.js';
export { parseSender } from './parse-sender.js';
export { MailModule } from './mail.module.js';
export { MailTemplateFor, type MailFacts, type MailTemplate } from './mail-template.js';
export { Mailer, type MailRequest } from './mailer.js';
export { UnprovedRecipients } from './unproved-recipients.js';
