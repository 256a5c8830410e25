import type { ComposerTranslation } from 'vue-i18n';
import type { PaymentItem } from '../api/types.js';
import type { Figures, Formats } from './formats.js';

/** In which order and by which pictures ways to pay are shown. */
export const WAY_ICONS: Record<PaymentItem['method'], string> = {
  pix: 'i-lucide-qr-code',
  boleto: 'i-lucide-barcode',
  card: 'i-lucide-credit-card',
};

/** What became of a payment, or until when it counts, in one sentence. */
export function standingText(
  t: ComposerTranslation,
  { status, withdrawnFor, method, expiresAt, boleto, receivedAt, failure, received, amount }: PaymentItem,
  { format, figures }: { format: Formats; figures: Figures },
): string {
  const until = format.dateTime(expiresAt);
  switch (status) {
    case 'paid': {
      const facts = { at: format.dateTime(receivedAt!), received: figures.money(received) };
      return t(received.amount === amount.amount ? 'pay.stands.paid' : 'pay.stands.paidOther', facts);
    }
    case 'payable':
      if (boleto && boleto.finePercent === '0' && boleto.interestPercent === '0')
        return t('pay.stands.payableBoleto', { day: format.day(boleto.dueOn) });
      if (boleto) return t('pay.stands.payableLate', { day: format.day(boleto.dueOn), until });
      return t(method === 'card' ? 'pay.stands.payableCard' : 'pay.stands.payable', { until });
    case 'withdrawn':
      return t(`pay.stands.withdrawn_${withdrawnFor ?? 'elsewhere'}`);
    case 'failed':
      return t(`pay.failures.${failure ?? 'other'}`);
    case 'expired':
      return t('pay.stands.expired', { until });
    default:
      return t(`pay.stands.${status}`);
  }
}
