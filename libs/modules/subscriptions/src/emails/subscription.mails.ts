import { Injectable } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import { amountOf, fullDay, shortDay } from '@balcao/module-billing';
import { addDays, type Day } from '@balcao/money';
import {
  MailTemplateFor,
  mailOf,
  type MailBlock,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { SubscriptionMailReader, type SubscriptionMailFacts } from './subscription-mail-facts.js';

interface Worded extends SubscriptionMailFacts {
  amount: (minor: bigint) => string;
}
/** Whether what a mail tells of is still so. */
type IsTrue = (facts: SubscriptionMailFacts) => boolean;

/** A mail about a subscription. Dropped where it is not true any more, and where its reader is no longer to be told. */
function subscriptionMail(
  template: MailTemplateName,
  isTrue: IsTrue,
  texts: Record<Locale, (facts: Worded) => MailText>,
): new (reader: SubscriptionMailReader) => MailTemplate {
  @Injectable()
  @MailTemplateFor(template)
  class SubscriptionMail implements MailTemplate {
    constructor(private readonly reader: SubscriptionMailReader) {}

    async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
      const facts = await this.reader.read(context, ids, recipient.email);
      if (!facts || !isTrue(facts)) return 'drop';
      const { id, url, portalId, settingsUrl, currency } = facts;
      const text = texts[locale]({ ...facts, amount: amountOf(currency, locale) });
      // Without a page there is no way there.
      const body = url ? text.body : text.body.filter((each) => !Array.isArray(each));
      return {
        ...mailOf({ ...text, body }, url ?? ''),
        portalId,
        threadId: id,
        ...(settingsUrl && { unsubscribeUrl: settingsUrl }),
      };
    }
  }
  return SubscriptionMail;
}

const facts = (...rows: (readonly [string, string] | false)[]): MailBlock => ({
  kind: 'facts',
  rows: rows.filter((row) => row !== false),
});

/** The last day on which something is so that is over on a day. */
const lastDay = (day: Day, locale: Locale): string => fullDay(addDays(day, -1), locale);

/** What comes next, and when. */
const next = ({ next: charge, amount }: Worded, locale: Locale): (readonly [string, string] | false)[] => {
  if (!charge) return [];
  const total = charge.isEstimate
    ? locale === 'pt-BR'
      ? `${amount(charge.total)}, mais o consumo`
      : `${amount(charge.total)}, and usage`
    : amount(charge.total);
  return locale === 'pt-BR'
    ? [
        ['Próxima cobrança', total],
        ['Emitida em', fullDay(charge.on, locale)],
        ['Vencimento', fullDay(charge.dueOn, locale)],
      ]
    : [
        ['Next charge', total],
        ['Issued on', fullDay(charge.on, locale)],
        ['Due', fullDay(charge.dueOn, locale)],
      ];
};

const named = ({ title, number }: Worded, locale: Locale): (readonly [string, string])[] => [
  [locale === 'pt-BR' ? 'Assinatura' : 'Subscription', `${title} (${number})`],
];

export const TrialEndingMail = subscriptionMail(
  'subscription-trial-ending',
  ({ state, cancelOn }) => state === 'trialing' && cancelOn === null,
  {
    'pt-BR': (it) => ({
      subject: `O período de teste de ${it.title} termina em ${shortDay(addDays(it.event.onDay, -1), 'pt-BR')}`,
      preheader: it.next
        ? `Depois disso, a primeira cobrança é de ${it.amount(it.next.total)}.`
        : 'Depois disso, ela começa.',
      heading: 'Seu período de teste está acabando',
      body: [
        `O último dia de teste de ${it.accountName} é ${lastDay(it.event.onDay, 'pt-BR')}. Para continuar, não é preciso fazer nada. Para não continuar, cancele antes disso: nada será cobrado.`,
        facts(...named(it, 'pt-BR'), ...next(it, 'pt-BR')),
        ['Ver a assinatura'],
      ],
    }),
    'en-US': (it) => ({
      subject: `Your trial of ${it.title} ends on ${shortDay(addDays(it.event.onDay, -1), 'en-US')}`,
      preheader: it.next ? `The first charge behind it is ${it.amount(it.next.total)}.` : 'It begins behind that.',
      heading: 'Your trial is about to end',
      body: [
        `The last day of the trial of ${it.accountName} is ${lastDay(it.event.onDay, 'en-US')}. To go on, there is nothing for you to do. If you do not want to, cancel before then: nothing will be charged.`,
        facts(...named(it, 'en-US'), ...next(it, 'en-US')),
        ['View the subscription'],
      ],
    }),
  },
);

/** What a change costs at once. */
const cost = ({ event, amount }: Worded, locale: Locale): (readonly [string, string] | false)[] => {
  const due = event.amount ?? 0n;
  if (due === 0n) return [];
  if (due > 0n) return [[locale === 'pt-BR' ? 'A pagar agora' : 'To pay now', amount(due)]];
  return [[locale === 'pt-BR' ? 'Fica como crédito' : 'Stays as credit', amount(-due)]];
};

export const SubscriptionChangedMail = subscriptionMail('subscription-changed', ({ state }) => state !== 'canceled', {
  'pt-BR': (it) => {
    const isPlanned = it.event.kind === 'change_scheduled';
    return {
      subject: isPlanned
        ? `Mudança de plano marcada para ${shortDay(it.event.onDay, 'pt-BR')}`
        : `Sua assinatura mudou: ${it.event.after ?? it.title}`,
      preheader: `De ${it.event.before ?? it.title} para ${it.event.after ?? it.title}.`,
      heading: isPlanned ? 'Sua mudança de plano está marcada' : 'Sua assinatura mudou',
      body: [
        isPlanned
          ? `A partir de ${fullDay(it.event.onDay, 'pt-BR')}, a assinatura de ${it.accountName} com ${it.organizationName} será outra. Até lá, dá para desfazer.`
          : `A assinatura de ${it.accountName} com ${it.organizationName} mudou.`,
        facts(
          ...named(it, 'pt-BR'),
          ['Era', it.event.before ?? it.title],
          [isPlanned ? 'Será' : 'Agora é', it.event.after ?? it.title],
          ...cost(it, 'pt-BR'),
          ...next(it, 'pt-BR'),
        ),
        ['Ver a assinatura'],
      ],
    };
  },
  'en-US': (it) => {
    const isPlanned = it.event.kind === 'change_scheduled';
    return {
      subject: isPlanned
        ? `Change of plan planned for ${shortDay(it.event.onDay, 'en-US')}`
        : `Your subscription has changed: ${it.event.after ?? it.title}`,
      preheader: `From ${it.event.before ?? it.title} to ${it.event.after ?? it.title}.`,
      heading: isPlanned ? 'Your change of plan is planned' : 'Your subscription has changed',
      body: [
        isPlanned
          ? `From ${fullDay(it.event.onDay, 'en-US')} on, the subscription of ${it.accountName} with ${it.organizationName} will be another. Until then it can be undone.`
          : `The subscription of ${it.accountName} with ${it.organizationName} has changed.`,
        facts(
          ...named(it, 'en-US'),
          ['It was', it.event.before ?? it.title],
          [isPlanned ? 'It will be' : 'It is now', it.event.after ?? it.title],
          ...cost(it, 'en-US'),
          ...next(it, 'en-US'),
        ),
        ['View the subscription'],
      ],
    };
  },
});

export const SubscriptionPausedMail = subscriptionMail('subscription-paused', ({ state }) => state === 'paused', {
  'pt-BR': (it) => ({
    subject: it.pausedFor === 'unpaid' ? `${it.title} foi pausada por falta de pagamento` : `${it.title} está pausada`,
    preheader: it.resumeOn ? `Volta em ${fullDay(it.resumeOn, 'pt-BR')}.` : 'Nada é cobrado enquanto isso.',
    heading: 'Sua assinatura está pausada',
    body: [
      it.pausedFor === 'unpaid'
        ? `Há faturas de ${it.accountName} em atraso, e por isso ${it.organizationName} pausou a assinatura. Ela volta assim que forem pagas.`
        : `Desde ${fullDay(it.event.onDay, 'pt-BR')}, a assinatura de ${it.accountName} está pausada. Nada é cobrado enquanto isso, e os dias pagos que não foram usados ficam como crédito.`,
      facts(
        ...named(it, 'pt-BR'),
        it.pausedFor === 'unpaid' && it.owed > 0n && ['Em aberto', it.amount(it.owed)],
        it.resumeOn !== null && ['Volta em', fullDay(it.resumeOn, 'pt-BR')],
        ...next(it, 'pt-BR'),
      ),
      ['Ver a assinatura'],
    ],
  }),
  'en-US': (it) => ({
    subject: it.pausedFor === 'unpaid' ? `${it.title} was paused as it was not paid` : `${it.title} is paused`,
    preheader: it.resumeOn ? `It comes back on ${fullDay(it.resumeOn, 'en-US')}.` : 'Nothing is charged meanwhile.',
    heading: 'Your subscription is paused',
    body: [
      it.pausedFor === 'unpaid'
        ? `Invoices of ${it.accountName} are overdue, so ${it.organizationName} has paused the subscription. It comes back as soon as they are paid.`
        : `Since ${fullDay(it.event.onDay, 'en-US')} the subscription of ${it.accountName} is paused. Nothing is charged meanwhile, and days that were paid and not used stay as credit.`,
      facts(
        ...named(it, 'en-US'),
        it.pausedFor === 'unpaid' && it.owed > 0n && ['Open', it.amount(it.owed)],
        it.resumeOn !== null && ['It comes back on', fullDay(it.resumeOn, 'en-US')],
        ...next(it, 'en-US'),
      ),
      ['View the subscription'],
    ],
  }),
});

export const SubscriptionResumedMail = subscriptionMail(
  'subscription-resumed',
  ({ state }) => state === 'active' || state === 'past_due',
  {
    'pt-BR': (it) => ({
      subject: `${it.title} voltou`,
      preheader: `Desde ${fullDay(it.event.onDay, 'pt-BR')}.`,
      heading: 'Sua assinatura voltou',
      body: [
        `Desde ${fullDay(it.event.onDay, 'pt-BR')}, a assinatura de ${it.accountName} com ${it.organizationName} está ativa de novo.`,
        facts(...named(it, 'pt-BR'), ...next(it, 'pt-BR')),
        ['Ver a assinatura'],
      ],
    }),
    'en-US': (it) => ({
      subject: `${it.title} is back`,
      preheader: `Since ${fullDay(it.event.onDay, 'en-US')}.`,
      heading: 'Your subscription is back',
      body: [
        `Since ${fullDay(it.event.onDay, 'en-US')} the subscription of ${it.accountName} with ${it.organizationName} is active again.`,
        facts(...named(it, 'en-US'), ...next(it, 'en-US')),
        ['View the subscription'],
      ],
    }),
  },
);

export const CancelPlannedMail = subscriptionMail(
  'subscription-cancel-planned',
  ({ state, cancelOn, event }) => state !== 'canceled' && cancelOn === event.onDay,
  {
    'pt-BR': (it) => ({
      subject: `Cancelamento de ${it.title} marcado para ${shortDay(addDays(it.event.onDay, -1), 'pt-BR')}`,
      preheader: 'Até lá, dá para desfazer.',
      heading: 'O cancelamento está marcado',
      body: [
        `A assinatura de ${it.accountName} vale até ${lastDay(it.event.onDay, 'pt-BR')}. Até lá tudo funciona como sempre, e dá para desfazer o cancelamento.`,
        facts(...named(it, 'pt-BR'), it.owed > 0n && ['Ainda a pagar', it.amount(it.owed)]),
        ['Ver a assinatura'],
      ],
    }),
    'en-US': (it) => ({
      subject: `${it.title} will end on ${shortDay(addDays(it.event.onDay, -1), 'en-US')}`,
      preheader: 'Until then it can be undone.',
      heading: 'The cancellation is planned',
      body: [
        `The subscription of ${it.accountName} lasts until ${lastDay(it.event.onDay, 'en-US')}. Until then everything works as ever, and the cancellation can be undone.`,
        facts(...named(it, 'en-US'), it.owed > 0n && ['Still to pay', it.amount(it.owed)]),
        ['View the subscription'],
      ],
    }),
  },
);

export const SubscriptionEndedMail = subscriptionMail('subscription-ended', ({ state }) => state === 'canceled', {
  'pt-BR': (it) => ({
    subject: `${it.title} terminou`,
    preheader: 'Não vem outra cobrança.',
    heading: 'Sua assinatura terminou',
    body: [
      it.event.reason === 'unpaid'
        ? `Há faturas de ${it.accountName} em atraso, e por isso ${it.organizationName} encerrou a assinatura. Ela pode ser retomada pela página dela.`
        : `A assinatura de ${it.accountName} com ${it.organizationName} terminou, e não vem outra cobrança. Ela continua à vista com as suas faturas, e pode ser retomada.`,
      facts(...named(it, 'pt-BR'), it.owed > 0n && ['Ainda a pagar', it.amount(it.owed)]),
      ['Ver a assinatura'],
    ],
  }),
  'en-US': (it) => ({
    subject: `${it.title} has ended`,
    preheader: 'No other charge will come.',
    heading: 'Your subscription has ended',
    body: [
      it.event.reason === 'unpaid'
        ? `Invoices of ${it.accountName} are overdue, so ${it.organizationName} has ended the subscription. It can be taken up again on its page.`
        : `The subscription of ${it.accountName} with ${it.organizationName} has ended, and no other charge will come. It stays in view with its invoices, and can be taken up again.`,
      facts(...named(it, 'en-US'), it.owed > 0n && ['Still to pay', it.amount(it.owed)]),
      ['View the subscription'],
    ],
  }),
});

/** Where nothing becomes of it, the reminders of its invoices say all. */
export const SubscriptionPastDueMail = subscriptionMail(
  'subscription-past-due',
  ({ state, owed, consequence }) => state === 'past_due' && owed > 0n && consequence !== null,
  {
    'pt-BR': (it) => {
      const day = fullDay(it.consequence!.on, 'pt-BR');
      const becomes = it.consequence!.action === 'pause' ? 'será pausada' : 'será encerrada';
      return {
        subject: `${it.title} ${becomes} em ${shortDay(it.consequence!.on, 'pt-BR')} se não for paga`,
        preheader: `${it.amount(it.owed)} em aberto.`,
        heading: 'Sua assinatura está em atraso',
        body: [
          `Uma fatura da assinatura de ${it.accountName} com ${it.organizationName} passou do vencimento. Se ela não for paga, a assinatura ${becomes} em ${day}. Se o pagamento foi feito há pouco, não é preciso fazer mais nada.`,
          facts(...named(it, 'pt-BR'), ['Em aberto', it.amount(it.owed)]),
          ['Ver a assinatura'],
        ],
      };
    },
    'en-US': (it) => {
      const day = fullDay(it.consequence!.on, 'en-US');
      const becomes = it.consequence!.action === 'pause' ? 'will be paused' : 'will end';
      return {
        subject: `${it.title} ${becomes} on ${shortDay(it.consequence!.on, 'en-US')} unless it is paid`,
        preheader: `${it.amount(it.owed)} open.`,
        heading: 'Your subscription is past due',
        body: [
          `An invoice of the subscription of ${it.accountName} with ${it.organizationName} is overdue. Unless it is paid, the subscription ${becomes} on ${day}. If you paid a moment ago, there is nothing left to do.`,
          facts(...named(it, 'en-US'), ['Open', it.amount(it.owed)]),
          ['View the subscription'],
        ],
      };
    },
  },
);

/** Every mail about a subscription. */
export const SUBSCRIPTION_MAILS = [
  TrialEndingMail,
  SubscriptionChangedMail,
  SubscriptionPausedMail,
  SubscriptionResumedMail,
  CancelPlannedMail,
  SubscriptionEndedMail,
  SubscriptionPastDueMail,
];
