import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { PortalFinder } from '@balcao/module-directory';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { MailLinks } from '../tokens/mail-links.js';
import { OneTimeTokens } from '../tokens/one-time-tokens.js';

const VERIFY: Record<Locale, (organization: string, url: string) => Omit<MailContent, 'portalId'>> = {
  'pt-BR': (organization, url) => ({
    subject: `Confirme seu e-mail para ${organization}`,
    preheader: 'O link vale por 24 horas.',
    heading: 'Confirme seu e-mail',
    blocks: [
      {
        kind: 'paragraph',
        text: `Falta um passo para usar o portal de ${organization}: confirmar que este e-mail é seu.`,
      },
      { kind: 'button', label: 'Confirmar e-mail', url },
      {
        kind: 'paragraph',
        text: 'O link vale por 24 horas. Se você não se cadastrou, ignore esta mensagem.',
      },
    ],
  }),
  'en-US': (organization, url) => ({
    subject: `Confirm your e-mail for ${organization}`,
    preheader: 'The link is valid for 24 hours.',
    heading: 'Confirm your e-mail',
    blocks: [
      {
        kind: 'paragraph',
        text: `One step is left before you can use the portal of ${organization}: confirming that this e-mail is yours.`,
      },
      { kind: 'button', label: 'Confirm e-mail', url },
      {
        kind: 'paragraph',
        text: 'The link is valid for 24 hours. If you did not sign up, ignore this message.',
      },
    ],
  }),
};

@Injectable()
@MailTemplateFor('email-verification')
export class EmailVerificationMail implements MailTemplate {
  constructor(
    private readonly tokens: OneTimeTokens,
    private readonly links: MailLinks,
    private readonly portals: PortalFinder,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const token = await this.tokens.derive(ids.tokenId!);
    if (!token) return 'drop';
    const url = await this.links.portal(context, ids.portalId!, 'verify-email', token);
    return {
      ...VERIFY[locale](await this.portals.nameOf(context.organizationId), url),
      portalId: ids.portalId,
    };
  }
}
