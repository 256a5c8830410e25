import { LONGEST_SLUG, SLUG } from '@balcao/contracts';
import { useDebounced } from '@balcao/ui';
import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSlugCheck } from '../../../data/portals.js';
import type { Portal, Role } from '../../../data/types.js';

/** Ids in one order, so that what was switched off and on again counts as unchanged. */
export const joined = (ids: readonly string[]) => [...ids].sort().join(' ');
export const listed = (ids: string) => ids.split(' ').filter(Boolean);

/** Roles to choose from, each with how many things it allows. */
export function useRoleChoices(roles: Ref<{ data: Role[] } | undefined>) {
  const { t } = useI18n();
  return computed(() =>
    (roles.value?.data ?? []).map(({ id, name, permissions }) => ({
      value: id,
      label: name,
      description: t('portal.access.roles.allows', permissions.length),
    })),
  );
}

/**
 * The field of a portal's slug, or of another one of its, which says while one types whether it can be had.
 * @param other what that other one is today, and what is said of the one that is typed
 */
export function useSlugField(
  portal: () => Portal | undefined,
  other?: { current: () => string; help: (slug: string) => string },
) {
  const { t } = useI18n();
  const current = other?.current ?? (() => portal()?.slug);
  const helpOf = other?.help ?? ((slug: string) => t('portal.access.slug.help', { slug }));
  const typed = ref('');
  const asked = useDebounced(typed);
  const wanted = computed(() => (SLUG.test(asked.value) && asked.value !== current() ? asked.value : ''));
  const { data: found } = useSlugCheck(wanted, () => portal()?.id ?? '');
  const told = computed(() => {
    if (found.value?.slug !== typed.value || wanted.value === '') return '';
    return t(found.value.isFree ? 'portal.access.slug.free' : 'portal.access.slug.taken');
  });
  return (now: string | boolean | undefined) => {
    const slug = typeof now === 'string' ? now.trim() : '';
    watchTyped(slug);
    return {
      label: t('portal.access.slug.label'),
      help: [helpOf(slug || '…'), told.value].filter(Boolean).join(' · '),
      kind: 'code' as const,
      max: LONGEST_SLUG,
      problem: (text: string) => (SLUG.test(text.trim()) ? undefined : t('portal.access.slug.problem')),
    };
  };

  function watchTyped(slug: string): void {
    if (typed.value !== slug) queueMicrotask(() => (typed.value = slug));
  }
}
