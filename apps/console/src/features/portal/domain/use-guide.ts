import type { PortalDomain } from '@balcao/api-client';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { asTyped, type Provider } from './providers.js';

/** The records that a domain's owner writes, as they are typed at a provider, and a letter for whoever does it. */
export function useGuide(domain: () => PortalDomain, provider: () => Provider = () => 'other') {
  const { t } = useI18n();
  /** Where nothing stands in front a CNAME is for nobody but Cloudflare, which makes addresses of it. */
  const isApex = computed(() => domain().target.relativeName === '@' && provider() !== 'cloudflare');
  const records = computed(() =>
    (['proof', 'target'] as const).map((kind) => ({
      kind,
      type: kind === 'target' && isApex.value ? t('portal.domain.records.alias') : domain()[kind].type,
      ...asTyped(domain()[kind], provider()),
    })),
  );
  const letter = computed(() => {
    const { proof, target, domain: name } = domain();
    const { name: targetName, value: targetValue } = target;
    return t('portal.domain.letter.text', {
      domain: name,
      proofName: proof.name,
      proofValue: proof.value,
      target: t(`portal.domain.letter.${isApex.value ? 'apex' : 'target'}`, { targetName, targetValue }),
    });
  });
  return { isApex, records, letter };
}
