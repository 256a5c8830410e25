import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { PortalFinder } from '@balcao/module-directory';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';

const CHANGED: Record<Locale, (organization: string) => MailContent> = {
  'pt-BR': (organization) => ({
    subject: `O e-mail do seu acesso a ${organization} mudou`,
    preheader: 'Este endereço não entra mais.',
    heading: 'Seu e-mail de acesso mudou',
    blocks: [
      {
        kind: 'paragraph',
        text: `A equipe de ${organization} trocou o e-mail do seu acesso. Este endereço não entra mais, e todas as sessões abertas foram encerradas.`,
      },
      { kind: 'paragraph', text: 'Se você não pediu isso, avise a empresa agora.' },
    ],
  }),
  'en-US': (organization) => ({
    subject: `The email of your access to ${organization} has changed`,
    preheader: 'This address no longer signs in.',
    heading: 'The email of your access has changed',
    blocks: [
      {
        kind: 'paragraph',
        text: `The team of ${organization} changed the email of your access. This address no longer signs in, and all open sessions have been ended.`,
      },
      { kind: 'paragraph', text: 'If you did not ask for this, tell the company now.' },
    ],
  }),
};

/** Goes to the address that was replaced. */
@Injectable()
@MailTemplateFor('email-changed')
export class EmailChangedMail implements MailTemplate {
  constructor(private readonly portals: PortalFinder) {}

  async compose(context: OrganizationContext, { locale }: MailFacts): Promise<MailContent> {
    return CHANGED[locale](await this.portals.nameOf(context.organizationId));
  }
}
