import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailLinks, OneTimeTokens } from '@balcao/module-auth';
import { PortalFinder } from '@balcao/module-directory';
import { BillingAccountEntity } from '@balcao/module-directory/entities';
import {
  MailTemplateFor,
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
  invitedBy: string;
  /** Whose person the sender is: the organization's, or the customer's own. */
  company: string;
  name: string;
}

const TEXTS: Record<Locale, (facts: Facts) => MailText> = {
  'pt-BR': ({ organization, invitedBy, company, name }) => ({
    subject: `${organization} convidou você para o portal`,
    preheader: 'Crie sua senha; o convite vale por 7 dias.',
    heading: `Boas-vindas, ${name}`,
    body: [
      `${invitedBy}, de ${company}, abriu um acesso para você no portal de ${organization}. Nele você acompanha chamados, encontra respostas e cuida da sua conta.`,
      ['Aceitar convite'],
      'O convite vale por 7 dias e só pode ser usado uma vez. Se você não o esperava, ignore esta mensagem.',
    ],
  }),
  'en-US': ({ organization, invitedBy, company, name }) => ({
    subject: `${organization} invited you to its portal`,
    preheader: 'Set your password; the invitation is valid for 7 days.',
    heading: `Welcome, ${name}`,
    body: [
      `${invitedBy} of ${company} opened the portal of ${organization} for you. There you follow tickets, find answers and look after your account.`,
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
    private readonly portals: PortalFinder,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const token = await this.tokens.derive(ids.tokenId!);
    if (!token) return 'drop';
    const found = await this.database.read(context, async (db) => {
      const invitation = await db.repository(InvitationEntity).findOneBy({ id: ids.invitationId! });
      if (invitation?.status !== 'pending') return undefined;
      const account = await db.repository(BillingAccountEntity).findOneByOrFail({ id: invitation.billingAccountId });
      return { invitation, account };
    });
    if (!found) return 'drop';
    const { invitation, account } = found;
    const organization = await this.portals.nameOf(context.organizationId);
    const text = TEXTS[locale]({
      organization,
      invitedBy: invitation.invitedByName,
      company: invitation.invitedByType === 'user' ? account.name : organization,
      name: invitation.name,
    });
    const url = await this.links.portal(context, invitation.portalId, 'accept-invitation', token);
    return { ...mailOf(text, url), portalId: invitation.portalId };
  }
}
