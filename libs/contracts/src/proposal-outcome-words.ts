import type { Locale } from './locales.js';

/** What the acceptance of a proposal brings. */
interface ProposalOutcome {
  kind: 'invoice' | 'subscription';
  dueDays: number | null;
  /** Of a subscription, the day on which it begins; that of the acceptance where there is none. */
  startsOn?: string | null;
}

/**
 * What the acceptance of a proposal brings, in words: the same on papers and on both pages.
 * @param until the last day that whoever accepts may choose to begin on; null where they choose none
 */
export function outcomeWords(
  outcome: ProposalOutcome,
  until: string | null,
  day: (day: string, locale: Locale) => string,
): Record<Locale, string> {
  if (until !== null) return chosenWords(outcome, { 'pt-BR': day(until, 'pt-BR'), 'en-US': day(until, 'en-US') });
  if (outcome.kind === 'subscription') {
    const { startsOn } = outcome;
    return startsOn
      ? {
          'pt-BR': `A assinatura começa em ${day(startsOn, 'pt-BR')}.`,
          'en-US': `The subscription begins on ${day(startsOn, 'en-US')}.`,
        }
      : {
          'pt-BR': 'A assinatura começa no dia do aceite.',
          'en-US': 'The subscription begins on the day of acceptance.',
        };
  }
  const { dueDays } = outcome;
  if (dueDays === null)
    return {
      'pt-BR': 'A fatura é emitida na hora, com o prazo de costume.',
      'en-US': 'The invoice is issued at once, due as usual.',
    };
  if (dueDays === 0)
    return {
      'pt-BR': 'A fatura é emitida na hora e vence no mesmo dia.',
      'en-US': 'The invoice is issued at once and due on the same day.',
    };
  return {
    'pt-BR': `A fatura é emitida na hora e vence ${days(dueDays)['pt-BR']} depois.`,
    'en-US': `The invoice is issued at once and due ${days(dueDays)['en-US']} later.`,
  };
}

/** The same where whoever accepts chooses the day. */
function chosenWords(outcome: ProposalOutcome, until: Record<Locale, string>): Record<Locale, string> {
  const chosen = {
    'pt-BR': `que quem aceita escolhe, até ${until['pt-BR']}`,
    'en-US': `which whoever accepts chooses, until ${until['en-US']}`,
  };
  if (outcome.kind === 'subscription')
    return {
      'pt-BR': `A assinatura começa no dia ${chosen['pt-BR']}.`,
      'en-US': `The subscription begins on the day that whoever accepts chooses, until ${until['en-US']}.`,
    };
  const { dueDays } = outcome;
  if (dueDays === null)
    return {
      'pt-BR': `A fatura é emitida na hora, com o prazo de costume contado do dia de início, ${chosen['pt-BR']}.`,
      'en-US': `The invoice is issued at once, due as usual but counted from the first day, ${chosen['en-US']}.`,
    };
  if (dueDays === 0)
    return {
      'pt-BR': `A fatura é emitida na hora e vence no dia de início, ${chosen['pt-BR']}.`,
      'en-US': `The invoice is issued at once and due on the first day, ${chosen['en-US']}.`,
    };
  return {
    'pt-BR': `A fatura é emitida na hora e vence ${days(dueDays)['pt-BR']} depois do dia de início, ${chosen['pt-BR']}.`,
    'en-US': `The invoice is issued at once and due ${days(dueDays)['en-US']} after the first day, ${chosen['en-US']}.`,
  };
}

const days = (n: number): Record<Locale, string> => ({
  'pt-BR': n === 1 ? '1 dia' : `${n} dias`,
  'en-US': n === 1 ? '1 day' : `${n} days`,
});
