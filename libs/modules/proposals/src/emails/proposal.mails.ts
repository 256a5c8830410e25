import { Injectable } from '@nestjs/common';
import type { Locale, MailTemplateName } from '@balcao/contracts';
import { DocumentService, amountOf, fullDay, speaking } from '@balcao/module-billing';
import { daysBetween } from '@balcao/money';
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
import type { RejectionReason } from '../domain/proposal.js';
import { ProposalReader } from '../proposal-reader.service.js';
import { ProposalMailReader, readerWantsMail, type ProposalMailFacts } from './proposal-mail-facts.js';

/** Facts as a mail words them. */
interface Worded extends ProposalMailFacts {
  amount: string;
  until: string;
  /** Until its last day. */
  daysLeft: number;
  /** The first day that whoever accepted chose; undefined where they did not. */
  start: string | undefined;
  hasDocument: boolean;
}

interface Kind {
  reader: 'customer' | 'staff';
  /** Whether what it tells of is still so. */
  isTrue: (facts: ProposalMailFacts) => boolean;
  /** Whether the version's document goes along. */
  attaches?: boolean;
}

/** A mail about a proposal. Dropped where it is not true any more, and where its reader is no longer to be told. */
function proposalMail(
  template: MailTemplateName,
  { reader, isTrue, attaches = false }: Kind,
  texts: Record<Locale, (facts: Worded) => MailText>,
): new (facts: ProposalMailReader, proposals: ProposalReader, documents: DocumentService) => MailTemplate {
  const forStaff = reader === 'staff';
  @Injectable()
  @MailTemplateFor(template)
  class ProposalMail implements MailTemplate {
    constructor(
      private readonly reader: ProposalMailReader,
      private readonly proposals: ProposalReader,
      private readonly documents: DocumentService,
    ) {}

    async compose(context: OrganizationContext, { ids, locale, recipient }: MailFacts): Promise<MailContent | 'drop'> {
      const facts = await this.reader.read(context, ids);
      if (!facts || !isTrue(facts)) return 'drop';
      if (!(forStaff ? facts.staffStatus === 'active' : readerWantsMail(facts, recipient.email))) return 'drop';
      const document = attaches ? await this.documentOf(context, ids, locale) : undefined;
      const url = forStaff ? facts.consoleUrl : facts.url && speaking(facts.url, locale);
      const text = texts[locale]({
        ...facts,
        amount: amountOf(facts.currency, locale)(facts.total),
        until: fullDay(facts.validUntil, locale),
        start: facts.decision?.startsOn ? fullDay(facts.decision.startsOn, locale) : undefined,
        daysLeft: daysBetween(facts.today, facts.validUntil),
        hasDocument: document !== undefined,
      });
      // Without a page there is no way there.
      const body = url ? text.body : text.body.filter((each) => !Array.isArray(each));
      const { portalId, id: threadId, settingsUrl } = facts;
      return {
        ...mailOf({ ...text, body }, url ?? ''),
        ...{ portalId, threadId, forStaff },
        ...(settingsUrl && { unsubscribeUrl: settingsUrl }),
        ...(document && { attachments: [document] }),
      };
    }

    private async documentOf(context: OrganizationContext, ids: Record<string, string>, locale: Locale) {
      const proposal = await this.proposals.printed(context, ids['proposalId']!, ids['proposalVersionId']);
      return this.documents.toAttach(context, { proposal }, locale);
    }
  }
  return ProposalMail;
}

const waits = ({ status, isCurrent }: ProposalMailFacts) => status === 'sent' && isCurrent;

const factsOf = (
  facts: Worded,
  words: { about: string; reference: string; total: string; until: string; start: string; contact: string },
): MailBlock => ({
  kind: 'facts',
  rows: [
    [words.about, facts.title],
    ...(facts.reference ? [[words.reference, facts.reference] as const] : []),
    [words.total, facts.amount],
    // Once it is decided its last day means nothing.
    ...(facts.status === 'sent' || facts.status === 'expired' ? [[words.until, facts.until] as const] : []),
    ...(facts.start ? [[words.start, facts.start] as const] : []),
    ...(facts.contactName ? [[words.contact, facts.contactName] as const] : []),
  ],
});
const PT = {
  about: 'Proposta',
  reference: 'Referência',
  total: 'Total',
  until: 'Válida até',
  start: 'Começa em',
  contact: 'Tira dúvidas',
};
const EN = {
  about: 'Proposal',
  reference: 'Reference',
  total: 'Total',
  until: 'Valid until',
  start: 'Begins on',
  contact: 'Answers questions',
};

export const ProposalSentMail = proposalMail(
  'proposal-sent',
  { reader: 'customer', isTrue: waits, attaches: true },
  {
    'pt-BR': (facts) => ({
      subject:
        facts.versionNumber === 1
          ? `Proposta ${facts.number} de ${facts.organizationName}: ${facts.title}`
          : `Nova versão da proposta ${facts.number}: ${facts.title}`,
      preheader: `${facts.amount}. Leia e decida até ${facts.until}.`,
      heading:
        facts.versionNumber === 1 ? 'Você tem uma proposta' : `A versão ${facts.versionNumber} da proposta chegou`,
      body: [
        facts.versionNumber === 1
          ? `${facts.organizationName} enviou uma proposta a ${facts.accountName}.`
          : `${facts.organizationName} mudou a proposta. A versão anterior deixou de valer.`,
        factsOf(facts, PT),
        ['Ler e decidir'],
        'O link é seu: quem o tiver pode ler, aceitar ou recusar a proposta. Não o repasse.',
      ],
    }),
    'en-US': (facts) => ({
      subject:
        facts.versionNumber === 1
          ? `Proposal ${facts.number} from ${facts.organizationName}: ${facts.title}`
          : `New version of proposal ${facts.number}: ${facts.title}`,
      preheader: `${facts.amount}. Read it and decide by ${facts.until}.`,
      heading:
        facts.versionNumber === 1 ? 'You have a proposal' : `Version ${facts.versionNumber} of the proposal is here`,
      body: [
        facts.versionNumber === 1
          ? `${facts.organizationName} sent a proposal to ${facts.accountName}.`
          : `${facts.organizationName} changed the proposal. The version before no longer counts.`,
        factsOf(facts, EN),
        ['Read and decide'],
        'The link is yours: whoever has it can read, accept or reject the proposal. Do not pass it on.',
      ],
    }),
  },
);

export const ProposalReminderMail = proposalMail(
  'proposal-reminder',
  { reader: 'customer', isTrue: waits },
  {
    'pt-BR': (facts) => {
      const left =
        facts.daysLeft === 0
          ? 'termina hoje'
          : facts.daysLeft === 1
            ? 'termina amanhã'
            : `termina em ${facts.daysLeft} dias`;
      return {
        subject: `A proposta ${facts.number} ${left}`,
        preheader: `Válida até ${facts.until}. Depois disso ela não pode mais ser aceita.`,
        heading: `A validade da proposta ${left}`,
        body: [
          `A proposta de ${facts.organizationName} ainda espera a decisão de ${facts.accountName}.`,
          factsOf(facts, PT),
          ['Ler e decidir'],
        ],
      };
    },
    'en-US': (facts) => {
      const left =
        facts.daysLeft === 0 ? 'ends today' : facts.daysLeft === 1 ? 'ends tomorrow' : `ends in ${facts.daysLeft} days`;
      return {
        subject: `Proposal ${facts.number} ${left}`,
        preheader: `Valid until ${facts.until}. It cannot be accepted after that.`,
        heading: `The validity of the proposal ${left}`,
        body: [
          `The proposal from ${facts.organizationName} still waits for the decision of ${facts.accountName}.`,
          factsOf(facts, EN),
          ['Read and decide'],
        ],
      };
    },
  },
);

const wasAccepted = ({ status }: ProposalMailFacts) => status === 'accepted';

export const ProposalAcceptedMail = proposalMail(
  'proposal-accepted',
  { reader: 'customer', isTrue: wasAccepted, attaches: true },
  {
    'pt-BR': (facts) => ({
      subject: `Proposta ${facts.number} aceita: ${facts.title}`,
      preheader: `Aceita por ${facts.decision!.signerName}.`,
      heading: 'Proposta aceita',
      body: [
        `${facts.decision!.signerName} aceitou a proposta em nome de ${facts.accountName}.${facts.hasDocument ? ' A cópia assinada, com a prova do aceite, está em anexo.' : ''}`,
        factsOf(facts, PT),
        ...(facts.invoiceNumber ? [`A fatura ${facts.invoiceNumber} foi emitida e segue em outra mensagem.`] : []),
        ['Ver a proposta'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `Proposal ${facts.number} accepted: ${facts.title}`,
      preheader: `Accepted by ${facts.decision!.signerName}.`,
      heading: 'Proposal accepted',
      body: [
        `${facts.decision!.signerName} accepted the proposal on behalf of ${facts.accountName}.${facts.hasDocument ? ' The signed copy, with the evidence of acceptance, is attached.' : ''}`,
        factsOf(facts, EN),
        ...(facts.invoiceNumber ? [`Invoice ${facts.invoiceNumber} was issued and comes in another message.`] : []),
        ['See the proposal'],
      ],
    }),
  },
);

export const ProposalCustomerAcceptedMail = proposalMail(
  'proposal-customer-accepted',
  { reader: 'staff', isTrue: wasAccepted, attaches: true },
  {
    'pt-BR': (facts) => ({
      subject: `${facts.accountName} aceitou a proposta ${facts.number}`,
      preheader: `${facts.title}, ${facts.amount}.`,
      heading: `${facts.accountName} aceitou a proposta`,
      body: [
        `${facts.decision!.signerName} aceitou a proposta ${facts.number}, “${facts.title}”.`,
        factsOf(facts, PT),
        ...(facts.invoiceNumber ? [`A fatura ${facts.invoiceNumber} foi emitida.`] : []),
        ['Ver a proposta'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `${facts.accountName} accepted proposal ${facts.number}`,
      preheader: `${facts.title}, ${facts.amount}.`,
      heading: `${facts.accountName} accepted the proposal`,
      body: [
        `${facts.decision!.signerName} accepted proposal ${facts.number}, “${facts.title}”.`,
        factsOf(facts, EN),
        ...(facts.invoiceNumber ? [`Invoice ${facts.invoiceNumber} was issued.`] : []),
        ['See the proposal'],
      ],
    }),
  },
);

const REASONS: Record<Locale, Record<RejectionReason, string>> = {
  'pt-BR': {
    price: 'O preço',
    timing: 'O prazo de instalação',
    not_now: 'Não precisam agora',
    competitor: 'Vão com outra empresa',
    other: 'Outro motivo',
  },
  'en-US': {
    price: 'The price',
    timing: 'The time it takes',
    not_now: 'Not needed now',
    competitor: 'They go with another company',
    other: 'Another reason',
  },
};

export const ProposalCustomerRejectedMail = proposalMail(
  'proposal-customer-rejected',
  { reader: 'staff', isTrue: ({ status }) => status === 'rejected' },
  {
    'pt-BR': (facts) => ({
      subject: `${facts.accountName} recusou a proposta ${facts.number}`,
      preheader: REASONS['pt-BR'][facts.decision!.reason!],
      heading: `${facts.accountName} recusou a proposta`,
      body: [
        `${facts.decision!.signerName} recusou a proposta ${facts.number}, “${facts.title}”.`,
        {
          kind: 'facts',
          rows: [['O que pesou', REASONS['pt-BR'][facts.decision!.reason!]] as const, ['Total', facts.amount] as const],
        },
        ...(facts.decision!.comment
          ? [{ kind: 'quote' as const, text: facts.decision!.comment, author: facts.decision!.signerName }]
          : []),
        ['Ver a proposta'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `${facts.accountName} rejected proposal ${facts.number}`,
      preheader: REASONS['en-US'][facts.decision!.reason!],
      heading: `${facts.accountName} rejected the proposal`,
      body: [
        `${facts.decision!.signerName} rejected proposal ${facts.number}, “${facts.title}”.`,
        {
          kind: 'facts',
          rows: [
            ['What it was about', REASONS['en-US'][facts.decision!.reason!]] as const,
            ['Total', facts.amount] as const,
          ],
        },
        ...(facts.decision!.comment
          ? [{ kind: 'quote' as const, text: facts.decision!.comment, author: facts.decision!.signerName }]
          : []),
        ['See the proposal'],
      ],
    }),
  },
);

export const ProposalWithdrawnMail = proposalMail(
  'proposal-withdrawn',
  { reader: 'customer', isTrue: ({ status }) => status === 'withdrawn' },
  {
    'pt-BR': (facts) => ({
      subject: `A proposta ${facts.number} não vale mais`,
      preheader: `${facts.organizationName} a retirou.`,
      heading: 'A proposta foi retirada',
      body: [
        `${facts.organizationName} retirou a proposta ${facts.number}, “${facts.title}”. Ela não pode mais ser aceita.`,
        ...(facts.withdrawReason
          ? [{ kind: 'quote' as const, text: facts.withdrawReason, author: facts.organizationName }]
          : []),
        ['Ver a proposta'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `Proposal ${facts.number} no longer counts`,
      preheader: `${facts.organizationName} has withdrawn it.`,
      heading: 'The proposal was withdrawn',
      body: [
        `${facts.organizationName} has withdrawn proposal ${facts.number}, “${facts.title}”. It can no longer be accepted.`,
        ...(facts.withdrawReason
          ? [{ kind: 'quote' as const, text: facts.withdrawReason, author: facts.organizationName }]
          : []),
        ['See the proposal'],
      ],
    }),
  },
);

export const ProposalCustomerSilentMail = proposalMail(
  'proposal-customer-silent',
  { reader: 'staff', isTrue: ({ status }) => status === 'expired' },
  {
    'pt-BR': (facts) => ({
      subject: `A proposta ${facts.number} expirou sem decisão`,
      preheader: `${facts.accountName}: ${facts.title}, ${facts.amount}.`,
      heading: 'A proposta expirou',
      body: [
        `${facts.accountName} não decidiu a proposta ${facts.number}, “${facts.title}”, até ${facts.until}. Uma cópia dela ganha outro prazo.`,
        factsOf(facts, PT),
        ['Ver a proposta'],
      ],
    }),
    'en-US': (facts) => ({
      subject: `Proposal ${facts.number} expired without a decision`,
      preheader: `${facts.accountName}: ${facts.title}, ${facts.amount}.`,
      heading: 'The proposal has expired',
      body: [
        `${facts.accountName} did not decide proposal ${facts.number}, “${facts.title}”, by ${facts.until}. A copy of it gets a new date.`,
        factsOf(facts, EN),
        ['See the proposal'],
      ],
    }),
  },
);

export const PROPOSAL_MAILS = [
  ProposalSentMail,
  ProposalReminderMail,
  ProposalAcceptedMail,
  ProposalCustomerAcceptedMail,
  ProposalCustomerRejectedMail,
  ProposalWithdrawnMail,
  ProposalCustomerSilentMail,
];
