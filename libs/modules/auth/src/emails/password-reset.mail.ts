import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { PortalFinder } from '@balcao/module-directory';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { MailLinks } from '../tokens/mail-links.js';
import { OneTimeTokens } from '../tokens/one-time-tokens.js';

const RESET: Record<Locale, (organization: string, url: string) => Omit<MailContent, 'portalId'>> = {
  'pt-BR': (organization, url) => ({
    subject: `Nova senha para ${organization}`,
    preheader: 'O link vale por uma hora e só pode ser usado uma vez.',
    heading: 'Crie uma nova senha',
    blocks: [
      {
        kind: 'paragraph',
        text: `Alguém pediu uma nova senha para este e-mail em ${organization}. Se foi você, crie a senha pelo botão abaixo.`,
      },
      { kind: 'button', label: 'Criar nova senha', url },
      {
        kind: 'paragraph',
        text: 'O link vale por uma hora e só pode ser usado uma vez. Se não foi você, ignore esta mensagem: sua senha continua a mesma.',
      },
    ],
  }),
  'en-US': (organization, url) => ({
    subject: `New password for ${organization}`,
    preheader: 'The link is valid for one hour and can be used once.',
    heading: 'Set a new password',
    blocks: [
      {
        kind: 'paragraph',
        text: `Somebody asked for a new password for this e-mail at ${organization}. If it was you, set it with the button below.`,
      },
      { kind: 'button', label: 'Set a new password', url },
      {
        kind: 'paragraph',
        text: 'The link is valid for one hour and can be used once. If it was not you, ignore this message: your password stays as it is.',
      },
    ],
  }),
};

@Injectable()
@MailTemplateFor('password-reset')
export class PasswordResetMail implements MailTemplate {
  constructor(
    private readonly tokens: OneTimeTokens,
    private readonly links: MailLinks,
    private readonly portals: PortalFinder,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const token = await this.tokens.derive(ids.tokenId!);
    if (!token) return 'drop';
    const { portalId } = ids;
    const url = portalId
      ? await this.links.portal(context, portalId, 'reset-password', token)
      : this.links.console('reset-password', token);
    return {
      ...RESET[locale](await this.portals.nameOf(context.organizationId), url),
      portalId,
    };
  }
}
