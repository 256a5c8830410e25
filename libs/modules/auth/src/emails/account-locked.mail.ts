import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { PortalFinder } from '@balcao/module-directory';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { MailLinks } from '../tokens/mail-links.js';

const LOCKED: Record<Locale, (organization: string, url: string) => Omit<MailContent, 'portalId'>> = {
  'pt-BR': (organization, url) => ({
    subject: `Seu acesso a ${organization} foi bloqueado`,
    preheader: 'Muitas senhas erradas seguidas.',
    heading: 'Seu acesso foi bloqueado',
    blocks: [
      {
        kind: 'paragraph',
        text: `Alguém errou a senha do seu acesso a ${organization} muitas vezes seguidas. Por segurança, bloqueamos novas tentativas por um tempo.`,
      },
      { kind: 'paragraph', text: 'Para entrar antes, crie uma nova senha.' },
      { kind: 'button', label: 'Criar nova senha', url },
    ],
  }),
  'en-US': (organization, url) => ({
    subject: `Your access to ${organization} is locked`,
    preheader: 'Too many wrong passwords in a row.',
    heading: 'Your access is locked',
    blocks: [
      {
        kind: 'paragraph',
        text: `Somebody typed a wrong password for your access to ${organization} many times in a row. To keep it safe, we refuse further attempts for a while.`,
      },
      { kind: 'paragraph', text: 'To sign in sooner, set a new password.' },
      { kind: 'button', label: 'Set a new password', url },
    ],
  }),
};

@Injectable()
@MailTemplateFor('account-locked')
export class AccountLockedMail implements MailTemplate {
  constructor(
    private readonly links: MailLinks,
    private readonly portals: PortalFinder,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent> {
    const url = ids.portalId
      ? await this.links.portal(context, ids.portalId, 'forgot-password')
      : this.links.console('forgot-password');
    return {
      ...LOCKED[locale](await this.portals.nameOf(context.organizationId), url),
      portalId: ids.portalId,
    };
  }
}
