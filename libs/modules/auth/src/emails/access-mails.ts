import { Injectable, type Type } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import { PortalFinder, portalUserCredentials } from '@balcao/module-directory';
import {
  MailTemplateFor,
  briefName,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { MailLinks } from '../tokens/mail-links.js';
import { OneTimeTokens } from '../tokens/one-time-tokens.js';

interface Facts {
  organization: string;
  /** What the access opens: a customer's account, or the organization itself; and the same with where it is. */
  account: string;
  access: string;
  /** Said of a password where the address has further accesses there, each with its own. */
  alone: string[];
  /** Whether the password was changed in a session, which goes on. */
  goesOn: boolean;
}

type Texts = Record<Locale, (facts: Facts) => MailText>;

const IN: Record<Locale, string> = { 'pt-BR': 'em', 'en-US': 'at' };

const ALONE: Record<Locale, (account: string, organization: string) => string> = {
  'pt-BR': (account, organization) =>
    `Esta senha abre só ${account}. Seus outros acessos a ${organization} continuam com as senhas deles.`,
  'en-US': (account, organization) =>
    `This password opens ${account} only. Your other accesses to ${organization} keep passwords of their own.`,
};

/**
 * A mail about somebody's own access, at the portal or, where the ids name none, the console; its button leads to `page`, or
 * to another one without a link, or for who has signed up and never come in. One address may open several accounts, so the texts name the one that is meant.
 */
function accessMail(
  template: MailTemplateName,
  page: string,
  texts: Texts,
  withoutLink?: string,
  pageOfNew = page,
): Type<MailTemplate> {
  @Injectable()
  @MailTemplateFor(template)
  class AccessMail implements MailTemplate {
    constructor(
      private readonly tokens: OneTimeTokens,
      private readonly links: MailLinks,
      private readonly portals: PortalFinder,
      private readonly database: Database,
    ) {}

    /** Dropped where the link that it is there for is worth nothing any more. */
    async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
      const { tokenId, portalId } = ids;
      const token = tokenId === undefined ? undefined : await this.tokens.derive(tokenId);
      if (tokenId !== undefined && !token && withoutLink === undefined) return 'drop';
      const leads = token ? await this.pageFor(context, ids) : (withoutLink ?? page);
      const link = portalId
        ? await this.links.portal(context, { portalId, userId: ids['userId'] }, leads, { token, locale })
        : { url: this.links.console(leads, { token, locale }), portalId };
      return { ...mailOf(texts[locale](await this.facts(context, ids, locale)), link.url), portalId: link.portalId };
    }

    private async pageFor(context: OrganizationContext, { userId }: MailFacts['ids']): Promise<string> {
      if (pageOfNew === page || userId === undefined) return page;
      const signedUp = await this.database.read(context, (db) => portalUserCredentials.hasSignedUp(db, userId));
      return signedUp ? pageOfNew : page;
    }

    private async facts(context: OrganizationContext, ids: MailFacts['ids'], locale: Locale): Promise<Facts> {
      const organization = await this.portals.nameOf(context.organizationId);
      const { billingAccountName, hasOthers } = (await this.database.read(context, async (db) =>
        ids['userId'] ? portalUserCredentials.access(db, ids['userId']) : undefined,
      )) ?? { billingAccountName: null, hasOthers: false };
      const account = billingAccountName && briefName(billingAccountName);
      return {
        organization,
        account: account ?? organization,
        access: account ? `${account} ${IN[locale]} ${organization}` : organization,
        alone: account && hasOthers ? [ALONE[locale](account, organization)] : [],
        goesOn: ids['sessionId'] !== undefined,
      };
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
      'pt-BR': ({ access, alone }) => ({
        subject: `Seu acesso a ${access} foi bloqueado`,
        preheader: 'Muitas senhas erradas seguidas.',
        heading: 'Seu acesso foi bloqueado',
        body: [
          `Alguém errou a senha do seu acesso a ${access} muitas vezes seguidas. Por segurança, bloqueamos novas tentativas por um tempo.`,
          'Para entrar antes, crie uma nova senha pelo botão abaixo. O link vale por uma hora.',
          ...alone,
          ['Criar nova senha'],
        ],
      }),
      'en-US': ({ access, alone }) => ({
        subject: `Your access to ${access} is locked`,
        preheader: 'Too many wrong passwords in a row.',
        heading: 'Your access is locked',
        body: [
          `Somebody typed a wrong password for your access to ${access} many times in a row. To keep it safe, we refuse further attempts for a while.`,
          'To sign in sooner, set a new password with the button below. The link is valid for one hour.',
          ...alone,
          ['Set a new password'],
        ],
      }),
    },
    'forgot-password',
  ),
  // Goes to the address that was replaced.
  accessMail('email-changed', '', {
    'pt-BR': ({ organization, account, access }) => ({
      subject: `O e-mail do seu acesso a ${access} mudou`,
      preheader: 'Este endereço não abre mais esse acesso.',
      heading: 'Seu e-mail de acesso mudou',
      body: [
        `A equipe de ${organization} trocou o e-mail do seu acesso a ${account}. Este endereço não o abre mais, e todas as suas sessões foram encerradas.`,
        'Se você não pediu isso, avise a empresa agora.',
      ],
    }),
    'en-US': ({ organization, account, access }) => ({
      subject: `The email of your access to ${access} has changed`,
      preheader: 'This address no longer opens it.',
      heading: 'The email of your access has changed',
      body: [
        `The team of ${organization} changed the email of your access to ${account}. This address no longer opens it, and all of its sessions have been ended.`,
        'If you did not ask for this, tell the company now.',
      ],
    }),
  }),
  accessMail(
    'email-verification',
    'verify-email',
    {
      'pt-BR': ({ access }) => ({
        subject: `Confirme seu e-mail para ${access}`,
        preheader: 'O link vale por 24 horas.',
        heading: 'Confirme seu e-mail',
        body: [
          `Falta um passo para usar seu acesso a ${access}: confirmar que este e-mail é seu.`,
          ['Confirmar e-mail'],
          'O link vale por 24 horas. Se você não se cadastrou, ignore esta mensagem.',
        ],
      }),
      'en-US': ({ access }) => ({
        subject: `Confirm your email for ${access}`,
        preheader: 'The link is valid for 24 hours.',
        heading: 'Confirm your email',
        body: [
          `One step is left before you can use your access to ${access}: confirming that this email is yours.`,
          ['Confirm email'],
          'The link is valid for 24 hours. If you did not sign up, ignore this message.',
        ],
      }),
    },
    undefined,
    'confirm-signup',
  ),
  accessMail('password-changed', 'forgot-password', {
    'pt-BR': ({ access, alone, goesOn }) => ({
      subject: `Sua senha para ${access} mudou`,
      preheader: goesOn ? 'As outras sessões foram encerradas.' : 'Todas as sessões foram encerradas.',
      heading: 'Sua senha mudou',
      body: [
        `A senha do seu acesso a ${access} acaba de mudar.`,
        goesOn
          ? 'Só a sessão em que ela foi mudada continua; as outras foram encerradas.'
          : 'Todas as sessões abertas foram encerradas.',
        ...alone,
        'Se não foi você, crie uma nova senha agora e avise a empresa.',
        ['Não fui eu'],
      ],
    }),
    'en-US': ({ access, alone, goesOn }) => ({
      subject: `Your password for ${access} has changed`,
      preheader: goesOn ? 'The other sessions have been ended.' : 'All sessions have been ended.',
      heading: 'Your password has changed',
      body: [
        `The password of your access to ${access} has just changed.`,
        goesOn
          ? 'Only the session in which it was changed goes on; the others have been ended.'
          : 'All open sessions have been ended.',
        ...alone,
        'If it was not you, set a new password now and tell the company.',
        ['It was not me'],
      ],
    }),
  }),
  accessMail('password-reset', 'reset-password', {
    'pt-BR': ({ access, alone }) => ({
      subject: `Nova senha para ${access}`,
      preheader: 'O link vale por uma hora e só pode ser usado uma vez.',
      heading: 'Crie uma nova senha',
      body: [
        `Alguém pediu uma nova senha para o seu acesso a ${access}. Se foi você, crie a senha pelo botão abaixo.`,
        ...alone,
        ['Criar nova senha'],
        'O link vale por uma hora e só pode ser usado uma vez. Se não foi você, ignore esta mensagem: sua senha continua a mesma.',
      ],
    }),
    'en-US': ({ access, alone }) => ({
      subject: `New password for ${access}`,
      preheader: 'The link is valid for one hour and can be used once.',
      heading: 'Set a new password',
      body: [
        `Somebody asked for a new password for your access to ${access}. If it was you, set it with the button below.`,
        ...alone,
        ['Set a new password'],
        'The link is valid for one hour and can be used once. If it was not you, ignore this message: your password stays as it is.',
      ],
    }),
  }),
];
