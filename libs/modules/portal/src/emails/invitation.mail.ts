import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailLinks, OneTimeTokens } from '@balcao/module-auth';
import { PortalFinder } from '@balcao/module-directory';
import { MailTemplateFor, type MailContent, type MailFacts, type MailTemplate } from '@balcao/platform-mail';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { InvitationEntity } from '../persistence/invitation.entity.js';

interface Facts {
  organization: string;
  invitedBy: string;
  name: string;
  url: string;
}

const TEXTS: Record<Locale, (facts: Facts) => Omit<MailContent, 'portalId'>> = {
  'pt-BR': ({ organization, invitedBy, name, url }) => ({
    subject: `${organization} convidou você para o portal`,
    preheader: 'Crie sua senha; o convite vale por 7 dias.',
    heading: `Boas-vindas, ${name}`,
    blocks: [
      {
        kind: 'paragraph',
        text: `${invitedBy}, de ${organization}, abriu um acesso para você no portal do cliente. Nele você acompanha chamados, encontra respostas e cuida da sua conta.`,
      },
      { kind: 'button', label: 'Aceitar convite', url },
      {
        kind: 'paragraph',
        text: 'O convite vale por 7 dias e só pode ser usado uma vez. Se você não o esperava, ignore esta mensagem.',
      },
    ],
  }),
  'en-US': ({ organization, invitedBy, name, url }) => ({
    subject: `${organization} invited you to its portal`,
    preheader: 'Set your password; the invitation is valid for 7 days.',
    heading: `Welcome, ${name}`,
    blocks: [
      {
        kind: 'paragraph',
        text: `${invitedBy} of ${organization} opened the customer portal for you. There you follow tickets, find answers and look after your account.`,
      },
      { kind: 'button', label: 'Accept invitation', url },
      {
        kind: 'paragraph',
        text: 'The invitation is valid for 7 days and can be used once. If you did not expect it, ignore this message.',
      },
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
    const invitation = await this.database.read(context, (db) =>
      db.repository(InvitationEntity).findOneBy({ id: ids.invitationId! }),
    );
    if (invitation?.status !== 'pending') return 'drop';
    const content = TEXTS[locale]({
      organization: await this.portals.nameOf(context.organizationId),
      invitedBy: invitation.invitedByName,
      name: invitation.name,
      url: await this.links.portal(context, invitation.portalId, 'accept-invitation', token),
    });
    return { ...content, portalId: invitation.portalId };
  }
}
