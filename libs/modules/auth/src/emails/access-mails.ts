import { Injectable, type Type } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import { PortalFinder } from '@balcao/module-directory';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { MailLinks } from '../tokens/mail-links.js';
import { OneTimeTokens } from '../tokens/one-time-tokens.js';

type Texts = Record<Locale, (organization: string) => MailText>;

/**
 * A mail about somebody's own access, at the portal or, where the ids name none, the console; its button leads to `page`, or
 * to another one without a link.
 */
function accessMail(template: MailTemplateName, page: string, texts: Texts, withoutLink?: string): Type<MailTemplate> {
  @Injectable()
  @MailTemplateFor(template)
  class AccessMail implements MailTemplate {
    constructor(
      private readonly tokens: OneTimeTokens,
      private readonly links: MailLinks,
      private readonly portals: PortalFinder,
    ) {}

    /** Dropped where the link that it is there for is worth nothing any more. */
    async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
      const { tokenId, portalId } = ids;
      const token = tokenId === undefined ? undefined : await this.tokens.derive(tokenId);
      if (tokenId !== undefined && !token && withoutLink === undefined) return 'drop';
      const leads = token ? page : (withoutLink ?? page);
      const url = portalId
        ? await this.links.portal(context, portalId, leads, token)
        : this.links.console(leads, token);
      const text = texts[locale](await this.portals.nameOf(context.organizationId));
      return { ...mailOf(text, url), portalId };
    }
  }
  return AccessMail;
}

/** Every mail of this module. */
export const ACCESS_MAILS = [
  accessMail(
    'account-locked',
    'reset-password',
    {
      'pt-BR': (organization) => ({
        subject: `Seu acesso a ${organization} foi bloqueado`,
        preheader: 'Muitas senhas erradas seguidas.',
        heading: 'Seu acesso foi bloqueado',
        body: [
          `Alguém errou a senha do seu acesso a ${organization} muitas vezes seguidas. Por segurança, bloqueamos novas tentativas por um tempo.`,
          'Para entrar antes, crie uma nova senha pelo botão abaixo. O link vale por uma hora.',
          ['Criar nova senha'],
        ],
      }),
      'en-US': (organization) => ({
        subject: `Your access to ${organization} is locked`,
        preheader: 'Too many wrong passwords in a row.',
        heading: 'Your access is locked',
        body: [
          `Somebody typed a wrong password for your access to ${organization} many times in a row. To keep it safe, we refuse further attempts for a while.`,
          'To sign in sooner, set a new password with the button below. The link is valid for one hour.',
          ['Set a new password'],
        ],
      }),
    },
    'forgot-password',
  ),
  // Goes to the address that was replaced.
  accessMail('email-changed', '', {
    'pt-BR': (organization) => ({
      subject: `O e-mail do seu acesso a ${organization} mudou`,
      preheader: 'Este endereço não entra mais.',
      heading: 'Seu e-mail de acesso mudou',
      body: [
        `A equipe de ${organization} trocou o e-mail do seu acesso. Este endereço não entra mais, e todas as sessões abertas foram encerradas.`,
        'Se você não pediu isso, avise a empresa agora.',
      ],
    }),
    'en-US': (organization) => ({
      subject: `The email of your access to ${organization} has changed`,
      preheader: 'This address no longer signs in.',
      heading: 'The email of your access has changed',
      body: [
        `The team of ${organization} changed the email of your access. This address no longer signs in, and all open sessions have been ended.`,
        'If you did not ask for this, tell the company now.',
      ],
    }),
  }),
  accessMail('email-verification', 'verify-email', {
    'pt-BR': (organization) => ({
      subject: `Confirme seu e-mail para ${organization}`,
      preheader: 'O link vale por 24 horas.',
      heading: 'Confirme seu e-mail',
      body: [
        `Falta um passo para usar o portal de ${organization}: confirmar que este e-mail é seu.`,
        ['Confirmar e-mail'],
        'O link vale por 24 horas. Se você não se cadastrou, ignore esta mensagem.',
      ],
    }),
    'en-US': (organization) => ({
      subject: `Confirm your email for ${organization}`,
      preheader: 'The link is valid for 24 hours.',
      heading: 'Confirm your email',
      body: [
        `One step is left before you can use the portal of ${organization}: confirming that this email is yours.`,
        ['Confirm email'],
        'The link is valid for 24 hours. If you did not sign up, ignore this message.',
      ],
    }),
  }),
  accessMail('password-changed', 'forgot-password', {
    'pt-BR': (organization) => ({
      subject: `Sua senha em ${organization} mudou`,
      preheader: 'Todas as sessões foram encerradas.',
      heading: 'Sua senha mudou',
      body: [
        `A senha do seu acesso a ${organization} acaba de mudar, e todas as sessões abertas foram encerradas.`,
        'Se não foi você, crie uma nova senha agora e avise a empresa.',
        ['Não fui eu'],
      ],
    }),
    'en-US': (organization) => ({
      subject: `Your password at ${organization} has changed`,
      preheader: 'All sessions have been ended.',
      heading: 'Your password has changed',
      body: [
        `The password of your access to ${organization} has just changed, and all open sessions have been ended.`,
        'If it was not you, set a new password now and tell the company.',
        ['It was not me'],
      ],
    }),
  }),
  accessMail('password-reset', 'reset-password', {
    'pt-BR': (organization) => ({
      subject: `Nova senha para ${organization}`,
      preheader: 'O link vale por uma hora e só pode ser usado uma vez.',
      heading: 'Crie uma nova senha',
      body: [
        `Alguém pediu uma nova senha para este e-mail em ${organization}. Se foi você, crie a senha pelo botão abaixo.`,
        ['Criar nova senha'],
        'O link vale por uma hora e só pode ser usado uma vez. Se não foi você, ignore esta mensagem: sua senha continua a mesma.',
      ],
    }),
    'en-US': (organization) => ({
      subject: `New password for ${organization}`,
      preheader: 'The link is valid for one hour and can be used once.',
      heading: 'Set a new password',
      body: [
        `Somebody asked for a new password for this email at ${organization}. If it was you, set it with the button below.`,
        ['Set a new password'],
        'The link is valid for one hour and can be used once. If it was not you, ignore this message: your password stays as it is.',
      ],
    }),
  }),
];
