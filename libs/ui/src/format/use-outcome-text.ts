import { outcomeWords } from '@balcao/contracts';
import { addDays, type Day } from '@balcao/money';
import { currentLocale } from '../i18n/i18n.js';
import { useFormat } from './format.js';

type Outcome = Parameters<typeof outcomeWords>[0] & { startWithinDays: number | null };

/** Says what the acceptance of a proposal brings, or brought, in the words of its papers. */
export function useOutcomeText(): (paper: { outcome: Outcome; validUntil: Day | null }) => string {
  const format = useFormat();
  return ({ outcome, validUntil }) => {
    const { startWithinDays } = outcome;
    // What has days to choose from is valid until one.
    const until = startWithinDays === null ? null : addDays(validUntil!, startWithinDays);
    return outcomeWords(outcome, until, (day) => format.value.day(day))[currentLocale()];
  };
}
