import { DiscoveryService } from '@nestjs/core';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import type { MailContent } from './mail-content.js';

/** What was known when the mail was asked for. */
export interface MailFacts {
  /** Names the mail; also its Message-ID. */
  mailId: string;
  ids: Record<string, string>;
  locale: Locale;
  recipient: { email: string; name: string | null };
}

/** Writes the mails of one kind. The module that knows the facts owns it. */
export interface MailTemplate {
  /**
   * Called each time the mail is about to be sent: loads its facts and derives its links now. No connection is held
   * by the caller, so it may open its own.
   * @returns 'drop' where the mail has lost its point, such as a link that was superseded
   */
  compose(context: OrganizationContext, facts: MailFacts): Promise<MailContent | 'drop'>;
}

export const MAIL_TEMPLATE_KEY = DiscoveryService.createDecorator<MailTemplateName>();

/** Makes a provider of a worker the one template of that name. */
export function MailTemplateFor(name: MailTemplateName): ClassDecorator {
  return MAIL_TEMPLATE_KEY(name) as ClassDecorator;
}
