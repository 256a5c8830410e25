import type { MailSenderIdentity } from '@balcao/api-client';
import { useFormat } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** How the address that mails come from stands, in words. */
export function useSenderStanding(sender: () => MailSenderIdentity) {
  const { t } = useI18n();
  const format = useFormat();
  /** Its domain is proved, and mails from it would be lost. */
  const isHeld = computed(() => sender().verifiedAt !== null && !sender().sends);
  const text = computed(() => {
    const { status, address, domain, endsAt } = sender();
    const date = endsAt ? format.value.dateTime(endsAt) : '';
    return isHeld.value
      ? t('portal.sender.held', { address, domain })
      : t(`portal.sender.status.${status}`, { address, domain, date });
  });
  return { isHeld, text };
}
