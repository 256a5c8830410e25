import { useFigures, useFormat } from '@balcao/ui';
import { useI18n } from 'vue-i18n';
import { isOne, percentText, type PaperLine } from './paper.js';

/** What stands below a line of an invoice or a proposal: more about it, when, and how it is reckoned. */
export function useLineNotes(): (line: Omit<PaperLine, 'description' | 'net'>, currency: string) => string[] {
  const { t } = useI18n();
  const format = useFormat();
  const figures = useFigures();

  function period({ startsOn, endsOn }: Pick<PaperLine, 'startsOn' | 'endsOn'>): string {
    if (!startsOn && !endsOn) return '';
    if (!startsOn || !endsOn) return format.value.day(startsOn || endsOn);
    return t('billing.paper.period', { from: format.value.day(startsOn), to: format.value.day(endsOn) });
  }
  return (line, currency) => {
    const of = (amount: number | bigint) => figures.value.money({ amount: Number(amount), currency });
    const { quantity, unitPrice, discount } = line;
    const off = discount?.percent ? percentText(discount.percent) : discount?.amount ? of(discount.amount) : undefined;
    // "35 × R$ 4,80, menos 10%", where there is more to say than one at its price.
    const times = isOne(quantity) && !off ? undefined : t('billing.paper.times', { quantity, price: of(unitPrice) });
    const reckoning = [times, off && t('billing.paper.less', { discount: off })].filter(Boolean).join(', ');
    return [line.detail, period(line), reckoning].filter(Boolean);
  };
}
