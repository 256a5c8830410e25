import type { PortalFeature, PortalPermission } from '@balcao/contracts';
import { computed } from 'vue';
import { useSessionStore } from '../stores/session.js';

export interface NavigationItem {
  /** Name of the route, and key of its word below `shell.nav`. */
  name: string;
  /** Key of a shorter word, for a phone, where the word is long. */
  short?: string;
  icon: string;
  /** Names of routes during which the item is the current one. */
  holds: readonly string[];
  feature?: PortalFeature;
  permissions?: readonly PortalPermission[];
}

export interface NavigationGroup {
  /** Key of its heading below `shell.nav`; the first group has none. */
  heading?: string;
  items: readonly NavigationItem[];
}

const GROUPS: readonly NavigationGroup[] = [
  { items: [{ name: 'home', icon: 'i-lucide-house', holds: ['home'] }] },
  {
    heading: 'support',
    items: [
      {
        name: 'tickets',
        icon: 'i-lucide-message-square',
        holds: ['tickets', 'ticket', 'new-ticket'],
        feature: 'tickets',
        permissions: ['tickets:read_own', 'tickets:read_account'],
      },
      {
        name: 'help',
        icon: 'i-lucide-book-open',
        holds: ['help', 'article'],
        feature: 'knowledgeBase',
        permissions: ['kb:read'],
      },
    ],
  },
  {
    heading: 'account',
    items: [
      {
        name: 'team',
        icon: 'i-lucide-users',
        holds: ['team', 'team-invitations'],
        permissions: ['users:read', 'users:manage', 'users:invite'],
      },
      { name: 'settings', short: 'settingsShort', icon: 'i-lucide-settings', holds: ['settings', 'security'] },
    ],
  },
];

/** The menu as this person sees it: what is switched off or not allowed is not there. */
export function useNavigation() {
  const session = useSessionStore();
  const visible = ({ feature, permissions }: NavigationItem) =>
    (!feature || session.has(feature)) && (!permissions || session.can(...permissions));
  const groups = computed(() =>
    GROUPS.map((group) => ({ ...group, items: group.items.filter(visible) })).filter((group) => group.items.length > 0),
  );
  const items = computed(() => groups.value.flatMap((group) => group.items));
  return { groups, items };
}
