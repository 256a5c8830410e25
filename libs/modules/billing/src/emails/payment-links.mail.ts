import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { lateCharges } from '@balcao/money';
import {
  MailTemplateFor,
  type MailBlock,
  type MailContent,
  type MailFacts,
  type MailTemplate,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { amountOf, checkWords, fullDay, speaking } from './mail-words.js';
import { PaymentLinksReader, type LinkedFacts, type PaymentLinksFacts } from './payment-links-facts.js';

interface Words {
  subject: (facts: PaymentLinksFacts) => string;
  preheader: (facts: PaymentLinksFacts) => string;
  heading: (facts: PaymentLinksFacts) => string;
  lead: (facts: PaymentLinksFacts) => string;
  invoice: string;
  about: string;
  due: string;
  toPay: string;
  see: string;
  more: (count: number) => string;
  all: string;
  notAsked: string;
}

const WORDS: Record<Locale, Words> = {
  'pt-BR': {
    subject: ({ invoices: [first, ...others], organizationName }) =>
      others.length === 0
        ? `Link para ver e pagar a fatura ${first!.number}`
        : `Links das suas faturas em aberto com ${organizationName}`,
    preheader: ({ invoices }) =>
      invoices.length === 1 ? 'Sem senha: o link abre só esta fatura.' : 'Sem senha: cada link abre só a sua fatura.',
    heading: ({ invoices, more }) =>
      invoices.length + more === 1 ? 'Sua fatura em aberto' : `Suas ${invoices.length + more} faturas em aberto`,
    lead: ({ accountName, organizationName }) =>
      `Aqui está o que ${accountName} tem a pagar a ${organizationName}. Quem tiver o link vê a fatura e pode pagá-la, e nada mais.`,
    invoice: 'Fatura',
    about: 'Referente a',
    due: 'Vencimento',
    toPay: 'Para pagar hoje',
    see: 'Ver e pagar',
    more: (count) => (count === 1 ? 'E mais 1 fatura no portal.' : `E mais ${count} faturas no portal.`),
    all: 'Ver todas as faturas',
    notAsked: 'Você não pediu esta mensagem? Não é preciso fazer nada: ela só vem para os endereços deste cadastro.',
  },
  'en-US': {
    subject: ({ invoices: [first, ...others], organizationName }) =>
      others.length === 0
        ? `Link to see and pay invoice ${first!.number}`
        : `Links of your open invoices with ${organizationName}`,
    preheader: ({ invoices }) =>
      invoices.length === 1
        ? 'No password: the link opens this invoice only.'
        : 'No password: each link opens its own invoice only.',
    heading: ({ invoices, more }) =>
      invoices.length + more === 1 ? 'Your open invoice' : `Your ${invoices.length + more} open invoices`,
    lead: ({ accountName, organizationName }) =>
      `This is what ${accountName} has to pay to ${organizationName}. Whoever has a link sees its invoice and can pay it, and nothing else.`,
    invoice: 'Invoice',
    about: 'For',
    due: 'Due',
    toPay: 'To pay today',
    see: 'See and pay',
    more: (count) => (count === 1 ? 'And 1 more invoice in the portal.' : `And ${count} more invoices in the portal.`),
    all: 'See all invoices',
    notAsked: 'You did not ask for this? There is nothing to do: it only goes to the addresses on file.',
  },
};

/** Links of what an account owes, as somebody asked for them. Dropped where nothing is owed any more. */
@Injectable()
@MailTemplateFor('payment-links')
export class PaymentLinksMail implements MailTemplate {
  constructor(private readonly reader: PaymentLinksReader) {}

  async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
    const facts = await this.reader.read(context, ids, recipient.email);
    if (!facts) return 'drop';
    const words = WORDS[locale];
    const check = facts.checkUrl && facts.invoices.length === 1 ? facts.invoices[0]!.checkCode : undefined;
    return {
      subject: words.subject(facts),
      preheader: words.preheader(facts),
      heading: words.heading(facts),
      blocks: [
        { kind: 'paragraph', text: words.lead(facts) },
        ...facts.invoices.flatMap((invoice) => invoiceBlocks(invoice, facts, locale)),
        ...(facts.more > 0
          ? ([
              { kind: 'paragraph', text: words.more(facts.more) },
              { kind: 'button', label: words.all, url: facts.homeUrl },
            ] as const)
          : []),
        ...(facts.checkUrl ? [{ kind: 'paragraph', text: checkWords(facts.checkUrl, check, locale) } as const] : []),
        { kind: 'paragraph', text: words.notAsked },
      ],
      portalId: facts.portalId,
      ...(ids['invoiceId'] && { threadId: ids['invoiceId'] }),
    };
  }
}

function invoiceBlocks(invoice: LinkedFacts, { today }: PaymentLinksFacts, locale: Locale): MailBlock[] {
  const words = WORDS[locale];
  const { total } = lateCharges({ ...invoice, paidOn: today, interestPercentPerMonth: invoice.interestPercent });
  return [
    {
      kind: 'facts',
      rows: [
        [words.invoice, invoice.number],
        [words.about, invoice.title],
        [words.due, fullDay(invoice.dueOn, locale)],
        [words.toPay, amountOf(invoice.currency, locale)(total)],
      ],
    },
    { kind: 'button', label: words.see, url: speaking(invoice.url, locale) },
  ];
}
