import { SetMetadata } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import type { OrganizationContext } from '@balcao/platform-tenancy';

/** One part of a mail, from top to bottom. Texts are plain: the layout escapes them. */
export type MailBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'quote'; text: string; author: string }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'facts'; rows: { label: string; value: string }[] };

/** What a template says; the layout adds the organization's name, colours, support contacts and footer. */
export interface MailContent {
  subject: string;
  /** The line that mail programs show beside the subject. */
  preheader: string;
  heading: string;
  blocks: MailBlock[];
  /** Portal whose brand the mail wears; the organization's default where absent. */
  portalId?: string;
}

/** The facts that a template starts from. */
export interface MailFacts {
  mailId: string;
  recipient: { email: string; name: string | null };
  locale: Locale;
  ids: Record<string, string>;
}

/**
 * Composes one kind of mail at the moment it is sent, links included. Answers 'drop' where the event no longer holds,
 * such as an invitation that was cancelled meanwhile.
 */
export interface MailTemplate {
  compose(context: OrganizationContext, facts: MailFacts): Promise<MailContent | 'drop'>;
}

export const MAIL_TEMPLATE_NAME = 'balcao:mail-template';

/** Names the template that a provider composes; the worker refuses to start unless each has exactly one. */
export const MailTemplateFor = (name: MailTemplateName): ClassDecorator => SetMetadata(MAIL_TEMPLATE_NAME, name);
