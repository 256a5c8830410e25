import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import { usePortalStore } from '../../stores/portal.js';
import { useSessionStore } from '../../stores/session.js';

/**
 * How a reader who is still lost asks a person: by a ticket, after signing in where nobody is; or not at all. What was looked
 * for becomes the subject.
 */
export function useAsking(subject: () => string = () => '') {
  const { t } = useI18n();
  const portal = usePortalStore();
  const session = useSessionStore();
  return computed((): { to: RouteLocationRaw; label: string } | undefined => {
    if (session.state === 'in') {
      const may = session.has('tickets') && session.can('tickets:create');
      return may ? { to: { name: 'new-ticket', state: { subject: subject() } }, label: t('help.ask') } : undefined;
    }
    if (!portal.branding?.features.tickets) return undefined;
    return {
      to: { name: 'login', query: { next: `/tickets/new${subject() && `?subject=${encodeURIComponent(subject())}`}` } },
      label: t('help.askSigningIn'),
    };
  });
}
