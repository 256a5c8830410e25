import type { Locale } from '@balcao/contracts';
import type { Day } from '@balcao/money';
import type { ProposalOutcome } from './proposal.js';

/** What acceptance brings, in words; the same on papers and in mails. */
export function outcomeWords(
  outcome: ProposalOutcome,
  day: (day: Day, locale: Locale) => string,
): Record<Locale, string> {
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
    'pt-BR': `A fatura é emitida na hora e vence ${dueDays === 1 ? '1 dia' : `${dueDays} dias`} depois.`,
    'en-US': `The invoice is issued at once and due ${dueDays === 1 ? '1 day' : `${dueDays} days`} later.`,
  };
}
