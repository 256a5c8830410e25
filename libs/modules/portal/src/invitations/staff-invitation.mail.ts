import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailLinks, OneTimeTokens } from '@balcao/module-auth';
import { PortalFinder } from '@balcao/module-directory';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';

interface Facts {
  organization: string;
  invitedBy: string | null;
  name: string;
}

const TEXTS: Record<Locale, (facts: Facts) => MailText> = {
  'pt-BR': ({ organization, invitedBy, name }) => ({
    subject: `Seu acesso ao console de ${organization}`,
    preheader: 'Crie sua senha; o convite vale por 7 dias.',
    heading: `Boas-vindas, ${name}`,
    body: [
      invitedBy
        ? `${invitedBy} convidou você para a equipe de ${organization}. No console você atende chamados e cuida dos clientes.`
        : `${organization} agora tem um portal do cliente, e você é titular. No console você convida a equipe, escolhe as cores do portal e atende os clientes.`,
      ['Aceitar convite'],
      'O convite vale por 7 dias e só pode ser usado uma vez. Se você não o esperava, ignore esta mensagem.',
    ],
  }),
  'en-US': ({ organization, invitedBy, name }) => ({
    subject: `Your access to the console of ${organization}`,
    preheader: 'Set your password; the invitation is valid for 7 days.',
    heading: `Welcome, ${name}`,
    body: [
      invitedBy
        ? `${invitedBy} invited you to the team of ${organization}. In the console you answer tickets and look after customers.`
        : `${organization} has a customer portal now, and you are its owner. In the console you invite the team, choose the portal's colors and look after customers.`,
      ['Accept invitation'],
      'The invitation is valid for 7 days and can be used once. If you did not expect it, ignore this message.',
    ],
  }),
};

/** Dropped when the link was replaced, or the invitation cancelled. */
@Injectable()
@MailTemplateFor('staff-invitation')
export class StaffInvitationMail implements MailTemplate {
  constructor(
    private readonly database: Database,
    private readonly tokens: OneTimeTokens,
    private readonly links: MailLinks,
    private readonly portals: PortalFinder,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const token = await this.tokens.derive(ids.tokenId!);
    const invitation = await this.database.read(context, (db) =>
      db.first<{ name: string; invitedBy: string | null }>(sql`
        select s.name, i.invited_by_name as "invitedBy" from staff_invitations i
        join staff_users s on s.organization_id = i.organization_id and s.id = i.staff_user_id
        where ${db.tenant('i')} and i.token_id = ${ids.tokenId!}::uuid`),
    );
    if (!token || !invitation) return 'drop';
    const organization = await this.portals.nameOf(context.organizationId);
    const url = this.links.console('accept-invitation', { token, locale });
    return mailOf(TEXTS[locale]({ ...invitation, organization }), url);
  }
}
