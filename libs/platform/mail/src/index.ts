export { MAIL_TEMPLATE_NAME, MailTemplateFor, type MailBlock, type MailContent, type MailFacts, type MailTemplate } from './mail-template.js';
export { isMailAddress, plainName } from './address.js';
export { MailModule } from './mail.module.js';
export { Mailer, type MailRequest } from './mailer.js';
