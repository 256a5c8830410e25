import { Injectable, type Type } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import { MailLinks, OneTimeTokens } from '@balcao/module-auth';
import { PortalFinder, portalFor } from '@balcao/module-directory';
import { BillingAccountEntity, PortalEntity, PortalUserEntity } from '@balcao/module-directory/entities';
import { formatTaxId } from '@balcao/brazil';
import {
  MailTemplateFor,
  briefAddress,
  briefName,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { isCorrected, legalNameOf, type SignupStatus } from '../domain/signup.js';
import { SignupEntity } from '../persistence/signup.entity.js';
import { SignupBook } from '../signup-book.js';
import { SignupTokens } from '../signup-tokens.js';
import { TEXTS, type SignupMailFacts } from './signup-mail-texts.js';

const WAITING: SignupStatus[] = ['submitted', 'in_review'];

/** A mail about a signup to whoever sends it; dropped once the signup is elsewhere than `statuses`. */
function signupMail(template: keyof typeof TEXTS & MailTemplateName, statuses: SignupStatus[]): Type<MailTemplate> {
  @Injectable()
  @MailTemplateFor(template)
  class SignupMail implements MailTemplate {
    constructor(
      private readonly database: Database,
      private readonly portals: PortalFinder,
      private readonly links: MailLinks,
      private readonly book: SignupBook,
      private readonly tokens: SignupTokens,
      private readonly oneTimeTokens: OneTimeTokens,
    ) {}

    async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
      const found = await this.find(context, ids);
      // The address that it was asked for may have been corrected meanwhile.
      if (!found || !statuses.includes(found.signup.status) || found.signup.administratorEmail !== recipient.email)
        return 'drop';
      const { signup, portal } = found;
      const token =
        ids['tokenId'] === undefined
          ? this.tokens.ofMailbox(signup.id, recipient.email)
          : await this.oneTimeTokens.derive(ids['tokenId']);
      if (token === undefined) return 'drop';
      const page =
        ids['tokenId'] === undefined ? `signup/${portal.signupSlug ?? portal.slug}/${signup.id}` : 'confirm-signup';
      const { url } = await this.links.portal(context, { portalId: portal.id }, page, { token, locale });
      const facts = await this.facts(context, signup);
      return { ...mailOf(TEXTS[template][locale](facts), url), portalId: portal.id };
    }

    private find(context: OrganizationContext, { signupId, userId }: MailFacts['ids']) {
      return this.database.read(context, async (db) => {
        const signup = await this.book.find(db, signupId === undefined ? { userId: userId! } : { id: signupId });
        if (!signup) return undefined;
        // Where it is followed, should its own portal be archived.
        const { id } = await portalFor(db, context, { preferred: signup.portalId });
        return { signup, portal: await db.repository(PortalEntity).findOneByOrFail({ id }) };
      });
    }

    private async facts(context: OrganizationContext, signup: SignupEntity): Promise<SignupMailFacts> {
      const { kind, company, correctedFields, reviewedAt, refusal, refusalReason, number, status } = signup;
      // Anybody may write anything as a name and have it mailed to anybody: it is written once staff have read it.
      const isRead = reviewedAt !== null || isCorrected(correctedFields, 'company.legalName');
      const name = isRead ? legalNameOf(signup) : company?.legalName;
      const taxId = formatTaxId(signup.taxId);
      return {
        organization: await this.portals.nameOf(context.organizationId),
        company: name ? briefName(name) : `${kind.toUpperCase()} ${taxId}`,
        numbered: name ? `${briefName(name)} (${taxId})` : `${kind.toUpperCase()} ${taxId}`,
        isPerson: kind === 'cpf',
        number: number ?? '',
        inReview: status === 'in_review',
        refusal,
        reason: refusalReason,
        since: company?.situationSince ?? null,
      };
    }
  }
  return SignupMail;
}

interface CustomerFacts {
  organization: string;
  company: string;
  /** Whether the reader comes in at the portal; otherwise only the customer's address is known. */
  comesIn: boolean;
  /** Who asks for access, where somebody does. */
  asks: string;
  email: string;
}

/** To the customer by whose number another has signed up; its button leads to a page of the portal. */
function customerMail(
  template: MailTemplateName & `signup-already-${string}`,
  page: string,
  texts: Record<Locale, (facts: CustomerFacts) => MailText>,
): Type<MailTemplate> {
  @Injectable()
  @MailTemplateFor(template)
  class CustomerMail implements MailTemplate {
    constructor(
      private readonly database: Database,
      private readonly links: MailLinks,
      private readonly portals: PortalFinder,
    ) {}

    async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
      const { userId, billingAccountId, portalId, signupId } = ids;
      const [company, request] = await this.database.read(context, async (db) => [
        await this.companyOf(db, userId, billingAccountId),
        signupId && (await db.repository(SignupEntity).findOneBy({ id: signupId }))?.accessRequest,
      ]);
      if (!company || (signupId && !request)) return 'drop';
      const organization = await this.portals.nameOf(context.organizationId);
      const { name: asks = '', email = '' } = request || {};
      const who = { asks: briefName(asks), email: briefAddress(email) };
      const facts = { organization, company: briefName(company), comesIn: userId !== undefined, ...who };
      const link = await this.links.portal(context, { portalId: portalId!, userId }, page, { locale });
      return { ...mailOf(texts[locale](facts), link.url), portalId: link.portalId };
    }

    /** A person's own name where the account has no other. */
    private async companyOf(db: Db, userId?: string, billingAccountId?: string): Promise<string | undefined> {
      if (!userId) return (await db.repository(BillingAccountEntity).findOneBy({ id: billingAccountId! }))?.name;
      const id = (await db.repository(PortalUserEntity).findOneBy({ id: userId }))?.billingAccountId;
      return id ? (await db.repository(BillingAccountEntity).findOneByOrFail({ id })).name : undefined;
    }
  }
  return CustomerMail;
}

/** To an administrator of a company for which somebody else has signed up. */
const AlreadyRegisteredMail = customerMail('signup-already-registered', 'team', {
  'pt-BR': ({ organization, company, asks, email }) => ({
    subject: `Alguém pediu acesso a ${company} em ${organization}`,
    preheader: 'Você decide se a pessoa entra.',
    heading: 'Alguém pediu acesso',
    body: [
      `Alguém tentou cadastrar ${company} no portal de ${organization} e soube que a empresa já é cliente. A pessoa pediu acesso a quem administra a conta: você.`,
      `Quem pediu escreveu o nome ${asks} e o e-mail ${email}, e ninguém conferiu isso.`,
      'Se é alguém da sua equipe, com um e-mail que você sabe ser dessa pessoa, convide pelo botão abaixo. Se não conhece o pedido, não precisa fazer nada: ninguém soube quem tem acesso.',
      ['Abrir a equipe'],
    ],
  }),
  'en-US': ({ organization, company, asks, email }) => ({
    subject: `Somebody asked for access to ${company} at ${organization}`,
    preheader: 'You decide whether they come in.',
    heading: 'Somebody asked for access',
    body: [
      `Somebody tried to sign ${company} up at the portal of ${organization} and learned that the company is a customer already. They asked whoever manages the account for access: you.`,
      `They wrote the name ${asks} and the email ${email}, and nobody has checked that.`,
      'If it is somebody of your team, with an email that you know to be theirs, invite them with the button below. If you know nothing of it, there is nothing to do: nobody was told who has access.',
      ['Open the team'],
    ],
  }),
});

/** To a person who is a customer already, for whom somebody has signed up: the page has told that to nobody. */
const AlreadyCustomerMail = customerMail('signup-already-customer', 'login', {
  'pt-BR': ({ organization, comesIn }) => ({
    subject: `Você já tem cadastro em ${organization}`,
    preheader: 'Alguém fez um cadastro com o seu CPF.',
    heading: 'Você já tem cadastro',
    body: [
      `Alguém fez um cadastro com o seu CPF no portal de ${organization}, onde você já é cliente.`,
      ...(comesIn
        ? [
            'Se foi você, não é preciso se cadastrar de novo: entre com este e-mail. Se esqueceu a senha, crie outra na página de entrada.',
            ['Entrar'] as [string],
          ]
        : [`Se foi você, fale com ${organization}: o acesso à sua conta é aberto pela equipe.`]),
      'Se não foi você, não precisa fazer nada: o cadastro não abre nada do que é seu, e a página não disse que você é cliente.',
      ...(comesIn ? [] : [{ kind: 'hours' as const }]),
    ],
  }),
  'en-US': ({ organization, comesIn }) => ({
    subject: `You are signed up at ${organization} already`,
    preheader: 'Somebody signed up with your CPF.',
    heading: 'You are signed up already',
    body: [
      `Somebody signed up with your CPF at the portal of ${organization}, where you are a customer already.`,
      ...(comesIn
        ? [
            'If it was you, there is no need to sign up again: sign in with this email. If you forgot the password, set another on the sign-in page.',
            ['Sign in'] as [string],
          ]
        : [`If it was you, talk to ${organization}: the team opens the access to your account.`]),
      'If it was not you, there is nothing to do: the signup opens nothing that is yours, and the page did not say that you are a customer.',
      ...(comesIn ? [] : [{ kind: 'hours' as const }]),
    ],
  }),
});

/** To staff who may decide: somebody waits for them. */
@Injectable()
@MailTemplateFor('signup-to-review')
export class ToReviewMail implements MailTemplate {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const [signup, waiting] = await this.database.read(context, async (db) => {
      const signups = db.repository(SignupEntity);
      const waits = { status: 'in_review' as const };
      // It names somebody who waits still: what it was asked for may be decided by now.
      const own = await signups.findOneBy({ id: ids['signupId']!, ...waits });
      return [
        own ?? (await signups.findOne({ where: waits, order: { id: 'ASC' } })),
        await signups.count({ where: waits }),
      ];
    });
    if (!signup) return 'drop';
    const company = briefName(legalNameOf(signup) ?? signup.administratorName ?? formatTaxId(signup.taxId));
    const url = this.links.console('signups?status=in_review', { locale });
    return { ...mailOf(TO_REVIEW[locale](company, waiting), url), forStaff: true };
  }
}

const TO_REVIEW: Record<Locale, (company: string, waiting: number) => Parameters<typeof mailOf>[0]> = {
  'pt-BR': (company, waiting) => ({
    subject: waiting === 1 ? `Cadastro para conferir: ${company}` : `${waiting} cadastros para conferir`,
    preheader: 'Alguém espera a sua decisão.',
    heading: waiting === 1 ? 'Um cadastro espera por você' : `${waiting} cadastros esperam por você`,
    body: [
      `${company} quer ser cliente. O registro público não decidiu sozinho, ou o portal pede que alguém confira.`,
      ['Conferir os cadastros'],
      'Avisamos no máximo uma vez por hora.',
    ],
  }),
  'en-US': (company, waiting) => ({
    subject: waiting === 1 ? `Signup to review: ${company}` : `${waiting} signups to review`,
    preheader: 'Somebody waits for your decision.',
    heading: waiting === 1 ? 'A signup waits for you' : `${waiting} signups wait for you`,
    body: [
      `${company} wants to become a customer. The public register did not settle it, or the portal asks for a person to look.`,
      ['Review the signups'],
      'We tell you once an hour at most.',
    ],
  }),
};

/** To staff: somebody asks for access to a company that is a customer, and of which nobody who comes in manages the people. */
@Injectable()
@MailTemplateFor('signup-access-asked')
export class AccessAskedMail implements MailTemplate {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
  ) {}

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const [request, customer, id] = await this.database.read(context, async (db) => {
      const signup = await db.repository(SignupEntity).findOneBy({ id: ids['signupId']! });
      const { accessRequest, taxId } = signup ?? { accessRequest: null, taxId: '' };
      return [accessRequest, await db.repository(BillingAccountEntity).findOneBy({ taxId }), signup?.id] as const;
    });
    if (!request || !customer) return 'drop';
    const [company, asks, email] = [briefName(customer.name), briefName(request.name), briefAddress(request.email)];
    const url = this.links.console(`signups/${id}`, { locale });
    return { ...mailOf(ACCESS_ASKED[locale](company, asks, email), url), forStaff: true };
  }
}

const ACCESS_ASKED: Record<Locale, (company: string, asks: string, email: string) => MailText> = {
  'pt-BR': (company, asks, email) => ({
    subject: `Pedido de acesso a ${company}`,
    preheader: 'Ninguém administra essa conta no portal.',
    heading: 'Alguém pediu acesso a um cliente',
    body: [
      `Alguém tentou cadastrar ${company}, soube que a empresa já é cliente e pediu acesso. Ninguém que entra no portal administra essa conta, por isso o pedido vem para vocês.`,
      `Quem pediu escreveu o nome ${asks} e o e-mail ${email}, e ninguém conferiu isso.`,
      'Fale com o cliente pelo contato de sempre. Se o pedido é dele, convide a pessoa pela página do cliente. Se não é, não precisa fazer nada: ninguém soube quem tem acesso.',
      ['Ver o pedido'],
    ],
  }),
  'en-US': (company, asks, email) => ({
    subject: `Access to ${company} was asked for`,
    preheader: 'Nobody manages that account at the portal.',
    heading: 'Somebody asked for access to a customer',
    body: [
      `Somebody tried to sign ${company} up, learned that the company is a customer already and asked for access. Nobody who comes in at the portal manages that account, so the request comes to you.`,
      `They wrote the name ${asks} and the email ${email}, and nobody has checked that.`,
      'Talk to the customer the way you usually do. If the request is theirs, invite the person from the customer’s page. If it is not, there is nothing to do: nobody was told who has access.',
      ['See the request'],
    ],
  }),
};

/** Every mail of this module. */
export const SIGNUP_MAILS = [
  signupMail('signup-received', WAITING),
  signupMail('signup-refused', ['refused']),
  signupMail('signup-approved', ['awaiting_confirmation']),
  AlreadyRegisteredMail,
  AlreadyCustomerMail,
  ToReviewMail,
  AccessAskedMail,
];
