import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { PortalFinder } from '@balcao/module-directory';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { MailLinks } from '../tokens/mail-links.js';

const CHANGED: Record<Locale, (organization: string, url: string) => Omit<MailContent, 'portalId'>> = {
  'pt-BR': (organization, url) => ({
    subject: `Sua senha em ${organization} mudou`,
    preheader: 'Todas as sessões foram encerradas.',
    heading: 'Sua senha mudou',
    blocks: [
      {
        kind: 'paragraph',
        text: `A senha do seu acesso a ${organization} acaba de mudar, e todas as sessões abertas foram encerradas.`,
      },
      {
        kind: 'paragraph',
        text: 'Se não foi você, crie uma nova senha agora e avise a empresa.',
      },
      { kind: 'button', label: 'Não fui eu', url },
    ],
  }),
  'en-US': (organization, url) => ({
    subject: `Your password at ${organization} has changed`,
    preheader: 'All sessions have been ended.',
    heading: 'Your password has changed',
    blocks: [
      {
        kind: 'paragraph',
        text: `The password of your access to ${organization} has just changed, and all open sessions have been ended.`,
      },
      {
        kind: 'paragraph',
        text: 'If it was not you, set a new password now and tell the company.',
      },
      { kind: 'button', label: 'It was not me', url },
    ],
  }),
};

@Injectable()
@MailTemplateFor('password-changed')
export class PasswordChangedMail implements MailTemplate {
  constructor(
    private readonly links: MailLinks,
    private readonly portals: PortalFinder,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent> {
    const url = ids.portalId
      ? await this.links.portal(context, ids.portalId, 'forgot-password')
      : this.links.console('forgot-password');
    return {
      ...CHANGED[locale](await this.portals.nameOf(context.organizationId), url),
      portalId: ids.portalId,
    };
  }
}
