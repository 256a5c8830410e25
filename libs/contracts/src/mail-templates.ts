/** Mails that somebody waits for to get in; they are sent before others. */
const ACCESS_MAILS = [
  'invitation',
  'staff-invitation',
  'email-verification',
  'email-changed',
  'password-reset',
  'password-changed',
  'account-locked',
  'signup-received',
  'signup-approved',
] as const;

/** Whether a mail is one of these. */
export const isAccessMail = (template: string): boolean => (ACCESS_MAILS as readonly string[]).includes(template);

/**
 * Mails about what stands in the books: written by staff or by the calendar, never because a stranger typed an address. A day's
 * renewals send as many as an organization has customers.
 */
const BOOK_MAILS = [
  'invoice-opened',
  'invoice-due-soon',
  'invoice-overdue',
  'invoice-paid',
  'invoice-voided',
  'credit-note-issued',
  'fiscal-note-added',
  'fiscal-note-cancelled',
  'payment-proof-refused',
  'payment-method-expiring',
  'collection-upcoming',
  'collection-failed',
  'collection-given-up',
  'subscription-trial-ending',
  'subscription-changed',
  'subscription-paused',
  'subscription-resumed',
  'subscription-cancel-planned',
  'subscription-ended',
  'subscription-past-due',
] as const;

/** Whether a mail is one of these. */
export const isBookMail = (template: string): boolean => (BOOK_MAILS as readonly string[]).includes(template);

/** Every mail that the product sends; each has exactly one template, owned by the module that knows its facts. */
export const MAIL_TEMPLATES = [
  ...ACCESS_MAILS,
  'invitation-asked',
  'domain-missing',
  'domain-lost',
  'sender-test',
  'ticket-received',
  'ticket-reply',
  'ticket-customer-reply',
  'ticket-resolved',
  'ticket-customer-close',
  'ticket-customer-reopen',
  ...BOOK_MAILS,
  'payment-links',
  'proposal-sent',
  'proposal-reminder',
  'proposal-accepted',
  'proposal-customer-accepted',
  'proposal-customer-rejected',
  'proposal-withdrawn',
  'proposal-customer-silent',
  'signup-refused',
  'signup-already-registered',
  'signup-already-customer',
  'signup-to-review',
  'signup-access-asked',
] as const;
export type MailTemplateName = (typeof MAIL_TEMPLATES)[number];

/** How far a mail has come. */
export const MAIL_STATUSES = ['queued', 'sent', 'failed', 'dropped'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** What kept a mail from being delivered. */
export const MAIL_PROBLEMS = ['recipient_refused', 'message_refused', 'server_unavailable', 'unknown'] as const;
export type MailProblem = (typeof MAIL_PROBLEMS)[number];
