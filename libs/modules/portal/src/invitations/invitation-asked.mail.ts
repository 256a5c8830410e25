import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailLinks } from '@balcao/module-auth';
import { portalUserCredentials } from '@balcao/module-directory';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { InvitationEntity } from '../persistence/invitation.entity.js';

interface Facts {
  name: string;
  email: string;
  account: string;
}

const TEXTS: Record<Locale, (facts: Facts) => MailText> = {
  'pt-BR': ({ name, email, account }) => ({
    subject: `${name} pediu um convite novo (${account})`,
    preheader: 'O convite anterior passou do prazo.',
    heading: `${name} quer entrar`,
    body: [
      `O convite para ${account} que foi para ${email} passou do prazo sem resposta, e a pessoa pediu outro. Se ela ainda deve ter acesso, reenvie o convite.`,
      ['Ver o convite'],
      'Se não deve mais, não faça nada: sem um convite novo ninguém entra. Quem pede de novo gera no máximo um aviso por dia.',
    ],
  }),
  'en-US': ({ name, email, account }) => ({
    subject: `${name} asked for a new invitation (${account})`,
    preheader: 'The one before was not answered in time.',
    heading: `${name} would like to come in`,
    body: [
      `The invitation to ${account} that went to ${email} was not answered in time, and they asked for another one. If they should still have access, send the invitation again.`,
      ['See the invitation'],
      'If they should not, do nothing: nobody comes in without a new invitation. Asking again causes at most one notice a day.',
    ],
  }),
};

/** For whoever invited; dropped once the invitation was sent again, accepted or cancelled. */
@Injectable()
@MailTemplateFor('invitation-asked')
export class InvitationAskedMail implements MailTemplate {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const found = await this.database.read(context, async (db) => {
      const invitation = await db.repository(InvitationEntity).findOneBy({ id: ids.invitationId! });
      if (invitation?.status !== 'pending' || invitation.expiresAt > new Date()) return undefined;
      const inviter = await db.first(sql`
        select 1 from portal_users u
        where ${db.tenant('u')} and u.id = ${invitation.invitedById}::uuid and u.status = 'active'`);
      const access = await portalUserCredentials.access(db, invitation.portalUserId);
      return access && { invitation, access, byCustomer: inviter !== undefined };
    });
    if (!found) return 'drop';
    const { invitation, access, byCustomer } = found;
    const { name, email, portalId, invitedById: userId } = invitation;
    const content = TEXTS[locale]({ name, email, account: access.billingAccountName ?? access.organizationName });
    const late = `?status=expired&q=${encodeURIComponent(email)}`;
    if (!byCustomer) return mailOf(content, this.links.console(`invitations${late}`, { locale }));
    const link = await this.links.portal(context, { portalId, userId }, `team/invitations${late}`, { locale });
    return { ...mailOf(content, link.url), portalId: link.portalId };
  }
}
