/** Every mail that the product sends; each has exactly one template, owned by the module that knows its facts. */
export const MAIL_TEMPLATES = [
  'invitation',
  'email-verification',
  'password-reset',
  'password-changed',
  'account-locked',
  'ticket-received',
  'ticket-reply',
  'ticket-customer-reply',
] as const;
export type MailTemplateName = (typeof MAIL_TEMPLATES)[number];
