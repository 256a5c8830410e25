import type { StaffPermission } from '@balcao/contracts';
import { computed } from 'vue';
import { useSessionStore } from '../stores/session.js';

export interface NavigationItem {
  /** Name of the route, and key of its word below `shell.nav`. */
  name: string;
  icon: string;
  /** Names of routes during which the item is the current one. */
  holds: readonly string[];
  /** Any of these. */
  permissions: readonly StaffPermission[];
}

export interface NavigationGroup {
  /** Key of its heading below `shell.nav`; the first group has none. */
  heading?: string;
  items: readonly NavigationItem[];
}

const GROUPS: readonly NavigationGroup[] = [
  {
    items: [
      { name: 'inbox', icon: 'i-lucide-inbox', holds: ['inbox', 'ticket'], permissions: ['tickets:read'] },
      {
        name: 'customers',
        icon: 'i-lucide-users',
        holds: ['customers', 'new-customer', 'customer', 'users', 'user'],
        permissions: ['customers:read'],
      },
      {
        name: 'invitations',
        icon: 'i-lucide-mail-plus',
        holds: ['invitations', 'new-invitation'],
        permissions: ['invitations:read'],
      },
      {
        name: 'articles',
        icon: 'i-lucide-book-open',
        holds: ['articles', 'new-article', 'article', 'categories'],
        permissions: ['kb:read'],
      },
    ],
  },
  {
    heading: 'organization',
    items: [
      { name: 'portal', icon: 'i-lucide-globe', holds: ['portal'], permissions: ['portals:read'] },
      {
        name: 'people',
        icon: 'i-lucide-shield-check',
        holds: ['people', 'invite-staff', 'staff-member', 'roles', 'new-role', 'role'],
        permissions: ['staff:read', 'roles:read'],
      },
    ],
  },
];

/** The menu as this person sees it: what is not allowed is not there. */
export function useNavigation() {
  const session = useSessionStore();
  const groups = computed(() =>
    GROUPS.map((group) => ({
      ...group,
      items: group.items.filter(({ permissions }) => session.can(...permissions)),
    })).filter((group) => group.items.length > 0),
  );
  const items = computed(() => groups.value.flatMap((group) => group.items));
  return { groups, items };
}

/** The page that somebody lands on: the first of their menu. */
export function firstPage(): string {
  const session = useSessionStore();
  const items = GROUPS.flatMap((group) => group.items);
  return (items.find(({ permissions }) => session.can(...permissions)) ?? items[0])!.name;
}
