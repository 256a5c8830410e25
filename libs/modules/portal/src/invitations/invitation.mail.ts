import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailLinks, OneTimeTokens } from '@balcao/module-auth';
import { portalUserCredentials } from '@balcao/module-directory';
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
import { InvitationEntity } from '../persistence/invitation.entity.js';

interface Facts {
  organization: string;
  /** With whose person the sender is: the organization's, or the customer's own. */
  invitedBy: string;
  account: string;
  name: string;
  /** Whether the address opens other accounts there already. */
  hasOthers: boolean;
}

const WHOSE: Record<Locale, (name: string, organization: string) => string> = {
  'pt-BR': (name, organization) => `${name}, de ${organization},`,
  'en-US': (name, organization) => `${name} of ${organization}`,
};

const TEXTS: Record<Locale, (facts: Facts) => MailText> = {
  'pt-BR': ({ organization, invitedBy, account, name, hasOthers }) => ({
    subject: `${organization} convidou você para o portal (${account})`,
    preheader: 'Crie sua senha; o convite vale por 7 dias.',
    heading: `Boas-vindas, ${name}`,
    body: [
      `${invitedBy} abriu para você um acesso a ${account} no portal de ${organization}. Nele você acompanha chamados, encontra respostas e cuida da sua conta.`,
      ...(hasOthers
        ? [
            `Este e-mail já entra no portal de ${organization}. Este é mais um acesso, só a ${account}, com senha própria: a senha que você já tem continua valendo só onde vale hoje.`,
          ]
        : []),
      ['Aceitar convite'],
      'O convite vale por 7 dias e só pode ser usado uma vez. Se você não o esperava, ignore esta mensagem.',
    ],
  }),
  'en-US': ({ organization, invitedBy, account, name, hasOthers }) => ({
    subject: `${organization} invited you to its portal (${account})`,
    preheader: 'Set your password; the invitation is valid for 7 days.',
    heading: `Welcome, ${name}`,
    body: [
      `${invitedBy} opened access to ${account} for you, at the portal of ${organization}. There you follow tickets, find answers and look after your account.`,
      ...(hasOthers
        ? [
            `This email signs in at the portal of ${organization} already. This is one more access, to ${account} only, with a password of its own: the password that you have opens what it opens today.`,
          ]
        : []),
      ['Accept invitation'],
      'The invitation is valid for 7 days and can be used once. If you did not expect it, ignore this message.',
    ],
  }),
};

@Injectable()
@MailTemplateFor('invitation')
export class InvitationMail implements MailTemplate {
  constructor(
    private readonly database: Database,
    private readonly tokens: OneTimeTokens,
    private readonly links: MailLinks,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const token = await this.tokens.derive(ids.tokenId!);
    if (!token) return 'drop';
    const found = await this.database.read(context, async (db) => {
      const invitation = await db.repository(InvitationEntity).findOneBy({ id: ids.invitationId! });
      if (invitation?.status !== 'pending') return undefined;
      const access = await portalUserCredentials.access(db, invitation.portalUserId);
      return access && { invitation, access };
    });
    if (!found) return 'drop';
    const { invitation, access } = found;
    const { invitedByType } = invitation;
    const [invitedByName, name] = [briefName(invitation.invitedByName), briefName(invitation.name)];
    const [account, organization] = [
      briefName(access.billingAccountName ?? access.organizationName),
      access.organizationName,
    ];
    // One of the customer's own people needs no word of whose they are: it is the account that they invite to.
    const invitedBy = invitedByType === 'user' ? invitedByName : WHOSE[locale](invitedByName, organization);
    const text = TEXTS[locale]({ organization, invitedBy, account, name, hasOthers: access.hasOthers });
    const { portalId, portalUserId: userId } = invitation;
    const link = await this.links.portal(context, { portalId, userId }, 'accept-invitation', { token, locale });
    return { ...mailOf(text, link.url), portalId: link.portalId };
  }
}
