import type { Locale } from '@balcao/contracts';
import { lateCharges, type LateCharges } from '@balcao/money';
import type { MailBlock } from '@balcao/platform-mail';
import { invoiceMail, type IsTrue, type Worded } from './invoice-mail.js';
import type { InvoiceMailFacts } from './invoice-mail-facts.js';
import { FiscalNoteAddedMail, FiscalNoteCancelledMail } from './fiscal-note.mails.js';
import { PaymentProofRefusedMail } from './payment-proof.mails.js';
import { fullDay, methodOf, nearDay, percentOf, shortDay } from './mail-words.js';

type Facts = Extract<MailBlock, { kind: 'facts' }>['rows'];
const facts = (...rows: (Facts[number] | false)[]): MailBlock => ({ kind: 'facts', rows: rows.filter((row) => !!row) });

/** What the button of a mail says: what comes to nothing is only seen. */
const seeOf = ({ owed }: Worded, locale: Locale): string => {
  if (owed > 0n) return locale === 'pt-BR' ? 'Ver e pagar' : 'See and pay';
  return locale === 'pt-BR' ? 'Ver a fatura' : 'View the invoice';
};

/** What is billed, in short. */
const lines = ({ lines: shown, lineCount, amount }: Worded, more: (count: number) => string): MailBlock[] => [
  facts(...shown.map(({ description, net }) => [description, amount(net)] as const)),
  ...(lineCount > shown.length ? [{ kind: 'paragraph', text: more(lineCount - shown.length) } as const] : []),
];

/** What the organization adds to an invoice's mail. */
const message = ({ message: text, organizationName }: Worded): MailBlock[] =>
  text ? [{ kind: 'quote', text, author: organizationName }] : [];

/** What the customer pays today where they are late. */
const chargesOf = (invoice: InvoiceMailFacts): LateCharges =>
  lateCharges({ ...invoice, paidOn: invoice.today, interestPercentPerMonth: invoice.interestPercent });

/** Told at once, or not at all: what is paid has a receipt. One that comes to nothing is told all the same. */
const isNew: IsTrue = ({ state, owed, total }) => state !== 'void' && (owed > 0n || total === 0n);

export const InvoiceOpenedMail = invoiceMail(
  'invoice-opened',
  isNew,
  {
    'pt-BR': (invoice) => ({
      subject:
        invoice.owed > 0n
          ? `Fatura ${invoice.number}: ${invoice.amount(invoice.owed)}, vence em ${shortDay(invoice.dueOn, 'pt-BR')}`
          : `Fatura ${invoice.number}: nada a pagar`,
      preheader:
        invoice.owed > 0n
          ? `${invoice.title}. Vencimento: ${fullDay(invoice.dueOn, 'pt-BR')}.`
          : `${invoice.title}. Não há nada a pagar.`,
      heading: invoice.title,
      body: [
        `${invoice.organizationName} emitiu uma nova fatura para ${invoice.accountName}.`,
        ...message(invoice),
        facts(
          ['Fatura', invoice.number],
          ['Total', invoice.amount(invoice.total)],
          invoice.settled > 0n && ['Pago com o seu crédito', invoice.amount(invoice.settled)],
          ['A pagar', invoice.amount(invoice.owed)],
          invoice.owed > 0n && ['Vencimento', fullDay(invoice.dueOn, 'pt-BR')],
        ),
        ...lines(invoice, (more) => (more === 1 ? 'E mais 1 item.' : `E mais ${more} itens.`)),
        ...bankingDay(invoice, 'pt-BR'),
        ...(invoice.hasDocument ? ['A fatura em PDF está anexada.'] : []),
        ...(invoice.hasFiscalNotes ? ['A nota fiscal (PDF e XML) também está anexada.'] : []),
        [seeOf(invoice, 'pt-BR')],
      ],
    }),
    'en-US': (invoice) => ({
      subject:
        invoice.owed > 0n
          ? `Invoice ${invoice.number}: ${invoice.amount(invoice.owed)}, due ${shortDay(invoice.dueOn, 'en-US')}`
          : `Invoice ${invoice.number}: nothing to pay`,
      preheader:
        invoice.owed > 0n
          ? `${invoice.title}. Due ${fullDay(invoice.dueOn, 'en-US')}.`
          : `${invoice.title}. There is nothing to pay.`,
      heading: invoice.title,
      body: [
        `${invoice.organizationName} issued a new invoice to ${invoice.accountName}.`,
        ...message(invoice),
        facts(
          ['Invoice', invoice.number],
          ['Total', invoice.amount(invoice.total)],
          invoice.settled > 0n && ['Paid from your credit', invoice.amount(invoice.settled)],
          ['To pay', invoice.amount(invoice.owed)],
          invoice.owed > 0n && ['Due', fullDay(invoice.dueOn, 'en-US')],
        ),
        ...lines(invoice, (more) => (more === 1 ? 'And 1 more item.' : `And ${more} more items.`)),
        ...bankingDay(invoice, 'en-US'),
        ...(invoice.hasDocument ? ['The invoice is attached as a PDF.'] : []),
        ...(invoice.hasFiscalNotes ? ['The fiscal note (PDF and XML) is attached as well.'] : []),
        [seeOf(invoice, 'en-US')],
      ],
    }),
  },
  { attaches: 'invoice' },
);

/** Where the due date is no banking day: until when nothing is added. */
const bankingDay = ({ dueOn, payableUntil, owed }: Worded, locale: Locale): string[] => {
  if (payableUntil === dueOn || owed === 0n) return [];
  const day = fullDay(payableUntil, locale);
  return [
    locale === 'pt-BR'
      ? `Nesse dia os bancos não abrem. Pagando até ${day}, não há acréscimo.`
      : `Banks are closed on that day: paid by ${day}, nothing is added.`,
  ];
};

/** Still owed, due on the day of which the reminder was asked for, and nothing keeps reminders back. */
const isOwed: IsTrue = (invoice, dueOn) => invoice.owed > 0n && invoice.dueOn === dueOn && !invoice.isPaused;

export const InvoiceDueSoonMail = invoiceMail(
  'invoice-due-soon',
  (invoice, dueOn) => isOwed(invoice, dueOn) && invoice.today <= invoice.dueOn,
  {
    'pt-BR': (invoice) => ({
      subject: `Lembrete: a fatura ${invoice.number} vence ${ofDay(invoice, 'pt-BR')}`,
      preheader: `${invoice.amount(invoice.owed)} a pagar até ${fullDay(invoice.dueOn, 'pt-BR')}.`,
      heading: `Sua fatura vence ${ofDay(invoice, 'pt-BR')}`,
      body: [
        `Este é um lembrete de ${invoice.organizationName} para ${invoice.accountName}. Se o pagamento já foi feito, não é preciso fazer mais nada.`,
        facts(
          ['Fatura', invoice.number],
          ['Referente a', invoice.title],
          ['A pagar', invoice.amount(invoice.owed)],
          ['Vencimento', fullDay(invoice.dueOn, 'pt-BR')],
        ),
        ...bankingDay(invoice, 'pt-BR'),
        [seeOf(invoice, 'pt-BR')],
      ],
    }),
    'en-US': (invoice) => ({
      subject: `Reminder: invoice ${invoice.number} is due ${ofDay(invoice, 'en-US')}`,
      preheader: `${invoice.amount(invoice.owed)} to pay by ${fullDay(invoice.dueOn, 'en-US')}.`,
      heading: `Your invoice is due ${ofDay(invoice, 'en-US')}`,
      body: [
        `This is a reminder from ${invoice.organizationName} to ${invoice.accountName}. If you have paid already, there is nothing left to do.`,
        facts(
          ['Invoice', invoice.number],
          ['For', invoice.title],
          ['To pay', invoice.amount(invoice.owed)],
          ['Due', fullDay(invoice.dueOn, 'en-US')],
        ),
        ...bankingDay(invoice, 'en-US'),
        [seeOf(invoice, 'en-US')],
      ],
    }),
  },
);

/** `amanhã`, `em 10/12/2026`; `tomorrow`, `on Dec 10, 2026`. */
const ofDay = ({ dueOn, today }: Worded, locale: Locale): string => {
  const near = nearDay(dueOn, today, locale);
  if (near !== shortDay(dueOn, locale)) return near;
  return locale === 'pt-BR' ? `em ${near}` : `on ${near}`;
};

export const InvoiceOverdueMail = invoiceMail(
  'invoice-overdue',
  (invoice, dueOn) => isOwed(invoice, dueOn) && invoice.today > invoice.payableUntil,
  {
    'pt-BR': (invoice) => {
      const { fine, interest, days, total, tomorrow } = chargesOf(invoice);
      const { amount } = invoice;
      return {
        subject: `Fatura ${invoice.number} em atraso: venceu em ${shortDay(invoice.dueOn, 'pt-BR')}`,
        preheader: `Hoje são ${amount(total)}.`,
        heading: 'Sua fatura está em atraso',
        body: [
          `Ainda não recebemos o pagamento da fatura ${invoice.number} de ${invoice.accountName}, que venceu em ${shortDay(invoice.dueOn, 'pt-BR')}. Se ele foi feito há pouco, não é preciso fazer mais nada.`,
          facts(
            ['Referente a', invoice.title],
            ['Vencimento', fullDay(invoice.dueOn, 'pt-BR')],
            ['Em aberto', amount(invoice.owed)],
            fine > 0n && [`Multa de ${percentOf(invoice.finePercent, 'pt-BR')}`, amount(fine)],
            interest > 0n && [
              `Juros de ${percentOf(invoice.interestPercent, 'pt-BR')} ao mês, ${days === 1 ? '1 dia' : `${days} dias`}`,
              amount(interest),
            ],
            ['Para pagar hoje', amount(total)],
          ),
          ...(tomorrow.total > total ? [`Cada dia a mais acrescenta cerca de ${amount(tomorrow.total - total)}.`] : []),
          [seeOf(invoice, 'pt-BR')],
        ],
      };
    },
    'en-US': (invoice) => {
      const { fine, interest, days, total, tomorrow } = chargesOf(invoice);
      const { amount } = invoice;
      return {
        subject: `Invoice ${invoice.number} is overdue: it was due on ${shortDay(invoice.dueOn, 'en-US')}`,
        preheader: `Today it comes to ${amount(total)}.`,
        heading: 'Your invoice is overdue',
        body: [
          `We have not received the payment of invoice ${invoice.number} of ${invoice.accountName} yet, which was due on ${shortDay(invoice.dueOn, 'en-US')}. If you paid a moment ago, there is nothing left to do.`,
          facts(
            ['For', invoice.title],
            ['Due', fullDay(invoice.dueOn, 'en-US')],
            ['Open', amount(invoice.owed)],
            fine > 0n && [`Late fee of ${percentOf(invoice.finePercent, 'en-US')}`, amount(fine)],
            interest > 0n && [
              `Interest of ${percentOf(invoice.interestPercent, 'en-US')} a month, ${days === 1 ? '1 day' : `${days} days`}`,
              amount(interest),
            ],
            ['To pay today', amount(total)],
          ),
          ...(tomorrow.total > total ? [`Each further day adds about ${amount(tomorrow.total - total)}.`] : []),
          [seeOf(invoice, 'en-US')],
        ],
      };
    },
  },
);

/** Money that came, or credit that was left and has paid all of it, or all that nobody had given up. */
const isSettled: IsTrue = ({ credit, state }) =>
  credit
    ? credit.used > 0n && ['payment', 'deposit'].includes(credit.kind)
    : state === 'paid' || state === 'written_off';

export const InvoicePaidMail = invoiceMail('invoice-paid', isSettled, {
  'pt-BR': (invoice) => ({
    ...heading(invoice, {
      credit: [`Fatura ${invoice.number} paga com o seu crédito`, 'Sua fatura está paga'],
      whole: [`Pagamento recebido: fatura ${invoice.number}`, 'Recebemos seu pagamento'],
      part: [`Pagamento parcial recebido: fatura ${invoice.number}`, 'Recebemos uma parte do pagamento'],
    }),
    preheader: invoice.owed > 0n ? `Falta pagar ${invoice.amount(invoice.owed)}.` : 'Não falta pagar nada. Obrigado.',
    body: [
      invoice.credit
        ? `${invoice.organizationName} recebeu o pagamento de ${invoice.accountName}. ${invoice.owed > 0n ? 'A fatura ainda não está toda paga.' : 'A fatura está paga. Obrigado.'}`
        : `O crédito que ${invoice.accountName} tinha com ${invoice.organizationName} pagou esta fatura. Não é preciso fazer mais nada.`,
      facts(
        ['Fatura', invoice.number],
        ['Referente a', invoice.title],
        ...money(invoice, 'pt-BR', {
          received: 'Recebido',
          on: 'Em',
          used: 'Usado nesta fatura',
          late: 'Multa e juros por atraso',
        }),
        invoice.owed > 0n && ['Falta pagar', invoice.amount(invoice.owed)],
        !!invoice.credit && invoice.credit.left > 0n && ['Fica como crédito', invoice.amount(invoice.credit.left)],
      ),
      ['Ver a fatura'],
    ],
  }),
  'en-US': (invoice) => ({
    ...heading(invoice, {
      credit: [`Invoice ${invoice.number} paid from your credit`, 'Your invoice is paid'],
      whole: [`Payment received: invoice ${invoice.number}`, 'We received your payment'],
      part: [`Partial payment received: invoice ${invoice.number}`, 'We received a part of the payment'],
    }),
    preheader:
      invoice.owed > 0n ? `${invoice.amount(invoice.owed)} is left to pay.` : 'Nothing is left to pay. Thank you.',
    body: [
      invoice.credit
        ? `${invoice.organizationName} received the payment of ${invoice.accountName}. ${invoice.owed > 0n ? 'The invoice is not all paid yet.' : 'The invoice is paid. Thank you.'}`
        : `The credit that ${invoice.accountName} had with ${invoice.organizationName} has paid this invoice. There is nothing left to do.`,
      facts(
        ['Invoice', invoice.number],
        ['For', invoice.title],
        ...money(invoice, 'en-US', {
          received: 'Received',
          on: 'On',
          used: 'Used for this invoice',
          late: 'Fine and interest for lateness',
        }),
        invoice.owed > 0n && ['Left to pay', invoice.amount(invoice.owed)],
        !!invoice.credit && invoice.credit.left > 0n && ['Stays as credit', invoice.amount(invoice.credit.left)],
      ),
      ['View the invoice'],
    ],
  }),
});

/** What a receipt is called, by what came. */
const heading = (
  { credit, owed }: Worded,
  words: Record<'credit' | 'whole' | 'part', readonly [subject: string, heading: string]>,
) => {
  const [subject, called] = words[!credit ? 'credit' : owed > 0n ? 'part' : 'whole'];
  return { subject, heading: called };
};

/** What came, when, and how much of it paid this invoice. */
const money = (
  invoice: Worded,
  locale: Locale,
  words: { received: string; on: string; used: string; late: string },
): (Facts[number] | false)[] => {
  const { credit, amount } = invoice;
  if (!credit) return [];
  return [
    [words.received, received(invoice, locale)],
    [words.on, fullDay(credit.postedOn, locale)],
    credit.used < credit.amount && [words.used, amount(credit.used)],
    credit.lateCharges > 0n && [words.late, amount(credit.lateCharges)],
  ];
};

/** `R$ 819,40 (PIX)`. */
const received = ({ credit, amount }: Worded, locale: Locale): string =>
  `${amount(credit!.amount)}${credit!.method && credit!.method !== 'other' ? ` (${methodOf(credit!.method, locale)})` : ''}`;

export const InvoiceVoidedMail = invoiceMail('invoice-voided', ({ state }) => state === 'void', {
  'pt-BR': (invoice) => ({
    subject: `Fatura ${invoice.number} anulada`,
    preheader: 'Não há nada a pagar por ela.',
    heading: 'Uma fatura foi anulada',
    body: [
      `${invoice.organizationName} anulou a fatura ${invoice.number} de ${invoice.accountName}. Não há nada a pagar por ela: se você tem um boleto ou um código PIX dela, não pague.`,
      facts(
        ['Referente a', invoice.title],
        ['Total', invoice.amount(invoice.total)],
        !!invoice.voidReason && ['Motivo', invoice.voidReason],
      ),
      ['Ver a fatura'],
    ],
  }),
  'en-US': (invoice) => ({
    subject: `Invoice ${invoice.number} was voided`,
    preheader: 'There is nothing to pay for it.',
    heading: 'An invoice was voided',
    body: [
      `${invoice.organizationName} voided invoice ${invoice.number} of ${invoice.accountName}. There is nothing to pay for it: if you have a boleto or a PIX code of it, do not pay.`,
      facts(
        ['For', invoice.title],
        ['Total', invoice.amount(invoice.total)],
        !!invoice.voidReason && ['Reason', invoice.voidReason],
      ),
      ['View the invoice'],
    ],
  }),
});

export const CreditNoteIssuedMail = invoiceMail('credit-note-issued', ({ creditNote }) => creditNote !== null, {
  'pt-BR': (invoice) => ({
    subject: `Nota de crédito ${invoice.creditNote!.number}: ${invoice.amount(invoice.creditNote!.amount)}`,
    preheader: `Para a fatura ${invoice.number}: ${invoice.title}.`,
    heading: 'Você recebeu uma nota de crédito',
    body: [
      `${invoice.organizationName} emitiu uma nota de crédito para a fatura ${invoice.number} de ${invoice.accountName}. ${
        invoice.owed > 0n
          ? 'O valor a pagar ficou menor.'
          : 'Não há mais nada a pagar por ela; o que já tinha sido pago a mais fica como crédito.'
      }`,
      facts(
        ['Nota de crédito', invoice.creditNote!.number],
        ['Valor', invoice.amount(invoice.creditNote!.amount)],
        ['Motivo', invoice.creditNote!.reason],
        invoice.owed > 0n && ['Falta pagar', invoice.amount(invoice.owed)],
        invoice.owed > 0n && ['Vencimento', fullDay(invoice.dueOn, 'pt-BR')],
      ),
      ['Ver a fatura'],
    ],
  }),
  'en-US': (invoice) => ({
    subject: `Credit note ${invoice.creditNote!.number}: ${invoice.amount(invoice.creditNote!.amount)}`,
    preheader: `For invoice ${invoice.number}: ${invoice.title}.`,
    heading: 'You have a credit note',
    body: [
      `${invoice.organizationName} issued a credit note for invoice ${invoice.number} of ${invoice.accountName}. ${
        invoice.owed > 0n
          ? 'There is less to pay.'
          : 'There is nothing left to pay for it; what was paid beyond stays as credit.'
      }`,
      facts(
        ['Credit note', invoice.creditNote!.number],
        ['Amount', invoice.amount(invoice.creditNote!.amount)],
        ['Reason', invoice.creditNote!.reason],
        invoice.owed > 0n && ['Left to pay', invoice.amount(invoice.owed)],
        invoice.owed > 0n && ['Due', fullDay(invoice.dueOn, 'en-US')],
      ),
      ['View the invoice'],
    ],
  }),
});

/** Every mail about an invoice. */
export const INVOICE_MAILS = [
  InvoiceOpenedMail,
  InvoiceDueSoonMail,
  InvoiceOverdueMail,
  InvoicePaidMail,
  InvoiceVoidedMail,
  CreditNoteIssuedMail,
  FiscalNoteAddedMail,
  FiscalNoteCancelledMail,
  PaymentProofRefusedMail,
];
