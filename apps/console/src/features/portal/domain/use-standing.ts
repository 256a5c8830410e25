import type { PortalDomain } from '@balcao/api-client';
import { useFormat } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** How a portal's domain stands, in words. */
export function useStanding(domain: () => PortalDomain) {
  const { t } = useI18n();
  const format = useFormat();
  /** A domain with some addresses of others wants other words than one that leads elsewhere altogether. */
  const standing = computed(() => {
    const { status, targetFinding } = domain();
    return status === 'astray' && targetFinding === 'partly' ? 'partly' : status;
  });
  const text = computed(() => {
    const { domain: name, endsAt } = domain();
    const date = endsAt ? format.value.dateTime(endsAt) : '';
    return t(`portal.domain.status.${standing.value}.text`, { domain: name, date });
  });
  const target = computed(() => {
    const { targetFinding: finding, targetFound } = domain();
    return finding && t(`portal.domain.target.${finding}`, { found: targetFound.join(', ') });
  });
  return { standing, text, target };
}
