import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailLinks } from '@balcao/module-auth';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { GRACE_MS } from './check-outcome.js';
import { PROOF_LABEL } from './domain-name.js';

interface Facts {
  domain: string;
  name: string;
  proof: string;
  /** When the grace ends, in words. */
  end: string;
  forMail: boolean;
}

type Texts = Record<Locale, (facts: Facts) => MailText>;

const recordOf = ({ name, proof }: Facts, labels: readonly [string, string, string]) => ({
  kind: 'facts' as const,
  rows: [
    [labels[0], 'TXT'],
    [labels[1], name],
    [labels[2], proof],
  ] as const,
});

const MISSING: Texts = {
  'pt-BR': (facts) => ({
    subject: `O domínio ${facts.domain} precisa de você até ${facts.end}`,
    preheader: 'O registro que prova o domínio sumiu do DNS.',
    heading: `O registro de ${facts.domain} sumiu`,
    body: [
      `Não encontramos mais no DNS o registro que prova que ${facts.domain} é da sua empresa. Nada mudou ainda: ${
        facts.forMail ? 'os e-mails continuam saindo com esse domínio' : 'o portal continua no ar nesse endereço'
      } até ${facts.end}.`,
      'Para manter o domínio, crie de novo este registro onde o domínio está registrado:',
      recordOf(facts, ['Tipo', 'Nome', 'Valor']),
      ['Ver o domínio no console'],
      'Depois disso não é preciso fazer mais nada: conferimos de hora em hora.',
    ],
  }),
  'en-US': (facts) => ({
    subject: `The domain ${facts.domain} needs you until ${facts.end}`,
    preheader: 'The record that proves the domain is gone from DNS.',
    heading: `The record of ${facts.domain} is gone`,
    body: [
      `We no longer find the DNS record that proves that ${facts.domain} is your company's. Nothing has changed yet: ${
        facts.forMail ? 'mails still go out with that domain' : 'the portal still answers at that address'
      } until ${facts.end}.`,
      'To keep the domain, add this record again where the domain is registered:',
      recordOf(facts, ['Type', 'Name', 'Value']),
      ['See the domain in the console'],
      'There is nothing else to do after that: we look every hour.',
    ],
  }),
};

const LOST: Texts = {
  'pt-BR': (facts) => ({
    subject: `O domínio ${facts.domain} foi retirado`,
    preheader: 'O registro que provava o domínio não está mais no DNS.',
    heading: `${facts.domain} foi retirado`,
    body: [
      facts.forMail
        ? `Os e-mails não saem mais com ${facts.domain}, porque o registro que provava o domínio não está mais no DNS. Eles voltaram a sair com o endereço da instalação.`
        : `O portal não responde mais em ${facts.domain}, porque o registro que provava o domínio não está mais no DNS. Ele continua no ar no endereço de sempre.`,
      'Se o domínio ainda é da sua empresa, crie este registro de novo, e ele volta sozinho:',
      recordOf(facts, ['Tipo', 'Nome', 'Valor']),
      ['Ver o domínio no console'],
    ],
  }),
  'en-US': (facts) => ({
    subject: `The domain ${facts.domain} was taken off`,
    preheader: 'The record that proved the domain is no longer in DNS.',
    heading: `${facts.domain} was taken off`,
    body: [
      facts.forMail
        ? `Mails no longer go out with ${facts.domain}, as the record that proved the domain is no longer in DNS. They go out with the installation's address again.`
        : `The portal no longer answers at ${facts.domain}, as the record that proved the domain is no longer in DNS. It still answers at its usual address.`,
      'If the domain still is your company’s, add this record again, and it comes back by itself:',
      recordOf(facts, ['Type', 'Name', 'Value']),
      ['See the domain in the console'],
    ],
  }),
};

@Injectable()
abstract class DomainMail implements MailTemplate {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
  ) {}

  protected abstract readonly texts: Texts;
  /** Whether what the mail tells of still is so. */
  protected abstract holds(claim: DomainClaimEntity): boolean;

  async compose(context: OrganizationContext, { ids, locale }: MailFacts): Promise<MailContent | 'drop'> {
    const { claim, timeZone } = await this.database.read(context, async (db) => ({
      claim: await db.repository(DomainClaimEntity).findOneBy({ id: ids.domainId! }),
      timeZone: (await db.first<{ timeZone: string }>(
        sql`select o.time_zone as "timeZone" from organizations o where o.id = ${context.organizationId}::uuid`,
      ))!.timeZone,
    }));
    if (!claim || !this.holds(claim)) return 'drop';
    const { domain, proof, portalId, missingSince } = claim;
    const end = new Date((missingSince?.getTime() ?? 0) + GRACE_MS).toLocaleString(locale, {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone,
    });
    const facts = { domain, proof, name: `${PROOF_LABEL}.${domain}`, end, forMail: portalId === null };
    const url = this.links.console(portalId ? `portal/domain?portal=${portalId}` : 'portal/mail', { locale });
    return { ...mailOf(this.texts[locale](facts), url), portalId: portalId ?? undefined, forStaff: true };
  }
}

/** At once and a day before the end; dropped where the record is back. */
@Injectable()
@MailTemplateFor('domain-missing')
export class DomainMissingMail extends DomainMail {
  protected readonly texts = MISSING;
  protected holds = ({ missingSince }: DomainClaimEntity) => missingSince !== null;
}

/** Dropped where the domain is back. */
@Injectable()
@MailTemplateFor('domain-lost')
export class DomainLostMail extends DomainMail {
  protected readonly texts = LOST;
  protected holds = ({ lostAt }: DomainClaimEntity) => lostAt !== null;
}
