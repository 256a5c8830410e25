import type { Locale } from '@balcao/contracts';
import { formatMoney, type Money } from '@balcao/money';
import type { TicketStatus } from './ticket.js';

/** What a customer says of a charge that they think is wrong. */
export interface Dispute {
  /** Of the invoice's lines; none for all of it. */
  lineIds: readonly string[];
  /** What they think is right, in minor units of the invoice's currency. */
  expectedAmount?: bigint | null;
  reason: string;
}

/** A line that is disputed. */
export interface DisputedLine {
  description: string;
  detail: string | null;
  amount: Money;
}

const WORDS: Record<Locale, { subject: string; lines: string; expected: string }> = {
  'pt-BR': {
    subject: 'Contestação da fatura {number}',
    lines: 'Itens contestados:',
    expected: 'Valor que considero certo: {amount}',
  },
  'en-US': {
    subject: 'Dispute of invoice {number}',
    lines: 'Disputed items:',
    expected: 'Amount that I think is right: {amount}',
  },
};

/** Whether a ticket still disputes: nobody has resolved or closed it. Reminders wait for as long (`reminder_pauses`). */
export const isOpenDispute = ({ status }: { status: TicketStatus }): boolean =>
  status !== 'resolved' && status !== 'closed';

/** The subject and the words of the ticket in which an invoice is disputed, in the language of who disputes it. */
export function disputeTicket(
  {
    number,
    lines,
    expected,
    reason,
  }: { number: string; lines: readonly DisputedLine[]; expected?: Money; reason: string },
  locale: Locale,
): { subject: string; description: string } {
  const words = WORDS[locale];
  const named = lines.map(
    ({ description, detail, amount }) =>
      `– ${description}${detail ? ` (${detail})` : ''}: ${formatMoney(amount, locale)}`,
  );
  const parts = [
    reason,
    ...(named.length > 0 ? [[words.lines, ...named].join('\n')] : []),
    ...(expected ? [words.expected.replace('{amount}', formatMoney(expected, locale))] : []),
  ];
  return { subject: words.subject.replace('{number}', number), description: parts.join('\n\n') };
}
