import { Injectable } from '@nestjs/common';
import { cardName, type Locale, type MailTemplateName } from '@balcao/contracts';
import { amountOf, fullDay, shortDay } from '@balcao/module-billing';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { CollectionMailReader, type CollectionMailFacts, type ExpiringMailFacts } from './collection-mail-facts.js';
import { reasonOf } from './collection-words.js';

interface Worded extends CollectionMailFacts {
  amount: string;
}
type Texts<Facts> = Record<Locale, (facts: Facts) => MailText>;

/** Where a button leads; without a page there is none. */
function contentOf(text: MailText, url: string | null): MailContent {
  return mailOf({ ...text, body: url ? text.body : text.body.filter((each) => !Array.isArray(each)) }, url ?? '');
}

/** A mail about an invoice that a saved card pays. Dropped where it is not so any more. */
function collectionMail(
  template: MailTemplateName,
  isTrue: (facts: CollectionMailFacts) => boolean,
  leadsTo: (facts: CollectionMailFacts) => string | null,
  texts: Texts<Worded>,
): new (reader: CollectionMailReader) => MailTemplate {
  @Injectable()
  @MailTemplateFor(template)
  class CollectionMail implements MailTemplate {
    constructor(private readonly reader: CollectionMailReader) {}

    async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
      const facts = await this.reader.collection(context, ids, recipient.email);
      if (!facts?.isWanted || facts.owed === 0n || !isTrue(facts)) return 'drop';
      const { portalId, invoiceId, settingsUrl } = facts;
      const text = texts[locale]({ ...facts, amount: amountOf(facts.currency, locale)(facts.owed) });
      return {
        ...contentOf(text, leadsTo(facts)),
        portalId,
        threadId: invoiceId,
        ...(settingsUrl && { unsubscribeUrl: settingsUrl }),
      };
    }
  }
  return CollectionMail;
}

const factsOf = (rows: (readonly [string, string] | false)[]) => ({
  kind: 'facts' as const,
  rows: rows.filter((row) => row !== false),
});

export const CollectionUpcomingMail = collectionMail(
  'collection-upcoming',
  ({ state, attempts, nextOn, card, today }) =>
    state === 'waiting' && attempts === 0 && card !== null && nextOn !== null && nextOn >= today,
  ({ cardsUrl }) => cardsUrl,
  {
    'pt-BR': (facts) => ({
      subject: `Fatura ${facts.number}: vamos cobrar ${facts.amount} no seu cartão em ${shortDay(facts.nextOn!, 'pt-BR')}`,
      preheader: `${cardName(facts.card!, 'pt-BR')}, em ${fullDay(facts.nextOn!, 'pt-BR')}.`,
      heading: 'Sua fatura será paga pelo cartão salvo',
      body: [
        `Em ${fullDay(facts.nextOn!, 'pt-BR')}, ${facts.organizationName} vai cobrar a fatura abaixo no cartão de ${facts.accountName}. Não é preciso fazer nada.`,
        factsOf([
          ['Fatura', facts.number],
          ['Referente a', facts.title],
          ['Valor', facts.amount],
          ['Cartão', cardName(facts.card!, 'pt-BR')],
        ]),
        'Se quiser pagar com outro cartão, troque o cartão principal antes desse dia.',
        ['Ver os cartões salvos'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `Invoice ${facts.number}: we will charge ${facts.amount} to your card on ${shortDay(facts.nextOn!, 'en-US')}`,
      preheader: `${cardName(facts.card!, 'en-US')}, on ${fullDay(facts.nextOn!, 'en-US')}.`,
      heading: 'Your saved card will pay this invoice',
      body: [
        `On ${fullDay(facts.nextOn!, 'en-US')}, ${facts.organizationName} will charge the invoice below to the card of ${facts.accountName}. There is nothing for you to do.`,
        factsOf([
          ['Invoice', facts.number],
          ['For', facts.title],
          ['Amount', facts.amount],
          ['Card', cardName(facts.card!, 'en-US')],
        ]),
        'To pay with another card, make that one the default before then.',
        ['See the saved cards'],
      ],
    }),
  },
);

/** What a failed try says that is to be done, and when it is tried next. */
const next: Record<Locale, (facts: Worded) => string> = {
  'pt-BR': ({ nextOn, endsOn }) =>
    nextOn
      ? `Vamos tentar de novo em ${fullDay(nextOn, 'pt-BR')}. Antes disso, você pode trocar o cartão: cobramos no novo assim que ele for salvo como principal. Ou pague a fatura de outra forma.`
      : `Não vamos tentar de novo com este cartão. Salve outro como principal${endsOn ? ` até ${fullDay(endsOn, 'pt-BR')}` : ''}: cobramos nele assim que for salvo. Ou pague a fatura de outra forma.`,
  'en-US': ({ nextOn, endsOn }) =>
    nextOn
      ? `We will try again on ${fullDay(nextOn, 'en-US')}. Before that you can change the card: the new one is charged as soon as it is saved as the default. Or pay the invoice another way.`
      : `We will not try this card again. Save another one as the default${endsOn ? ` by ${fullDay(endsOn, 'en-US')}` : ''}: it is charged as soon as it is saved. Or pay the invoice another way.`,
};

export const CollectionFailedMail = collectionMail(
  'collection-failed',
  ({ state }) => state === 'waiting',
  ({ cardsUrl }) => cardsUrl,
  {
    'pt-BR': (facts) => ({
      subject: `Não conseguimos cobrar a fatura ${facts.number} no seu cartão`,
      preheader: facts.last
        ? `${cardName(facts.last, 'pt-BR')}: ${reasonOf(facts.last.failure, 'pt-BR')}.`
        : 'Não há um cartão salvo que possa ser cobrado.',
      heading: 'A cobrança no cartão não deu certo',
      body: [
        facts.last
          ? `Tentamos cobrar a fatura ${facts.number} no cartão ${cardName(facts.last, 'pt-BR')}, e ${reasonOf(facts.last.failure, 'pt-BR')}.`
          : `A fatura ${facts.number} seria paga por um cartão salvo, mas não há nenhum que possa ser cobrado.`,
        factsOf([
          ['Fatura', facts.number],
          ['Referente a', facts.title],
          ['A pagar', facts.amount],
          ['Vencimento', fullDay(facts.dueOn, 'pt-BR')],
        ]),
        next['pt-BR'](facts),
        ['Trocar o cartão'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `We could not charge invoice ${facts.number} to your card`,
      preheader: facts.last
        ? `${cardName(facts.last, 'en-US')}: ${reasonOf(facts.last.failure, 'en-US')}.`
        : 'There is no saved card that can be charged.',
      heading: 'Your card was not charged',
      body: [
        facts.last
          ? `We tried to charge invoice ${facts.number} to ${cardName(facts.last, 'en-US')}, and ${reasonOf(facts.last.failure, 'en-US')}.`
          : `Invoice ${facts.number} was to be paid by a saved card, but there is none that can be charged.`,
        factsOf([
          ['Invoice', facts.number],
          ['For', facts.title],
          ['To pay', facts.amount],
          ['Due', fullDay(facts.dueOn, 'en-US')],
        ]),
        next['en-US'](facts),
        ['Change the card'],
      ],
    }),
  },
);

const END: Record<Locale, Record<'nothing' | 'pause' | 'cancel', string>> = {
  'pt-BR': {
    nothing: 'A fatura continua em aberto. Pague por PIX, boleto ou cartão na página dela.',
    pause:
      'A fatura continua em aberto, e a assinatura a que ela se refere fica pausada. Pague na página dela para retomar.',
    cancel:
      'A fatura continua em aberto, e a assinatura a que ela se refere é cancelada. Pague na página dela ou fale com a gente.',
  },
  'en-US': {
    nothing: 'The invoice stays open. Pay it by PIX, boleto or card on its page.',
    pause: 'The invoice stays open, and the subscription that it is for is paused. Pay it on its page to resume.',
    cancel:
      'The invoice stays open, and the subscription that it is for is cancelled. Pay it on its page, or talk to us.',
  },
};

export const CollectionGivenUpMail = collectionMail(
  'collection-given-up',
  ({ state }) => state === 'given_up',
  ({ invoiceUrl }) => invoiceUrl,
  {
    'pt-BR': (facts) => ({
      subject: `A fatura ${facts.number} não foi paga pelo cartão: não vamos mais tentar`,
      preheader: `${facts.amount} a pagar. ${END['pt-BR'][facts.endAction ?? 'nothing']}`,
      heading: 'Não vamos mais tentar cobrar no cartão',
      body: [
        facts.last
          ? `A última tentativa, no cartão ${cardName(facts.last, 'pt-BR')}, também não deu certo: ${reasonOf(facts.last.failure, 'pt-BR')}.`
          : 'Nenhum cartão que pudesse ser cobrado foi salvo a tempo.',
        factsOf([
          ['Fatura', facts.number],
          ['Referente a', facts.title],
          ['A pagar', facts.amount],
          ['Vencimento', fullDay(facts.dueOn, 'pt-BR')],
        ]),
        END['pt-BR'][facts.endAction ?? 'nothing'],
        ['Ver e pagar'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `Invoice ${facts.number} was not paid by your card: we will not try again`,
      preheader: `${facts.amount} to pay. ${END['en-US'][facts.endAction ?? 'nothing']}`,
      heading: 'We will not try the card again',
      body: [
        facts.last
          ? `The last try, of ${cardName(facts.last, 'en-US')}, failed as well: ${reasonOf(facts.last.failure, 'en-US')}.`
          : 'No card that could be charged was saved in time.',
        factsOf([
          ['Invoice', facts.number],
          ['For', facts.title],
          ['To pay', facts.amount],
          ['Due', fullDay(facts.dueOn, 'en-US')],
        ]),
        END['en-US'][facts.endAction ?? 'nothing'],
        ['See and pay'],
      ],
    }),
  },
);

const month = ({ card: { expiresMonth, expiresYear } }: ExpiringMailFacts) =>
  `${String(expiresMonth).padStart(2, '0')}/${expiresYear}`;

const EXPIRING: Texts<ExpiringMailFacts> = {
  'pt-BR': (facts) => ({
    subject: `O cartão ${cardName(facts.card, 'pt-BR')} vence em ${month(facts)}`,
    preheader: `Vale até ${fullDay(facts.card.expiresOn, 'pt-BR')}.`,
    heading: 'Um cartão salvo está para vencer',
    body: [
      `O cartão ${cardName(facts.card, 'pt-BR')} de ${facts.accountName} vale até ${fullDay(facts.card.expiresOn, 'pt-BR')}.`,
      facts.isDefault && facts.isAutomatic
        ? 'Ele paga as suas faturas. Para que continuem sendo pagas sozinhas, salve o cartão novo e faça dele o principal.'
        : 'Se ainda usa este cartão, salve o novo no lugar dele.',
      ['Ver os cartões salvos'],
    ],
  }),
  'en-US': (facts) => ({
    subject: `${cardName(facts.card, 'en-US')} expires in ${month(facts)}`,
    preheader: `It can be charged until ${fullDay(facts.card.expiresOn, 'en-US')}.`,
    heading: 'A saved card is about to expire',
    body: [
      `${cardName(facts.card, 'en-US')} of ${facts.accountName} can be charged until ${fullDay(facts.card.expiresOn, 'en-US')}.`,
      facts.isDefault && facts.isAutomatic
        ? 'It pays your invoices. To have them go on being paid by themselves, save the new card and make it the default.'
        : 'If you still use this card, save the new one in its place.',
      ['See the saved cards'],
    ],
  }),
};

/** Tells of a card that will soon be charged no more. */
@Injectable()
@MailTemplateFor('payment-method-expiring')
export class PaymentMethodExpiringMail implements MailTemplate {
  constructor(private readonly reader: CollectionMailReader) {}

  async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
    const facts = await this.reader.expiring(context, ids, recipient.email);
    if (!facts?.isWanted || facts.isRemoved || facts.card.expiresOn < facts.today) return 'drop';
    const { portalId, cardsUrl, settingsUrl } = facts;
    return {
      ...contentOf(EXPIRING[locale](facts), cardsUrl),
      portalId,
      ...(settingsUrl && { unsubscribeUrl: settingsUrl }),
    };
  }
}

export const COLLECTION_MAILS = [
  CollectionUpcomingMail,
  CollectionFailedMail,
  CollectionGivenUpMail,
  PaymentMethodExpiringMail,
];
