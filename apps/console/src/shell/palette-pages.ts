import { errorText, LOCALE_NAMES, LOCALES, THEMES, toast, useTheme, type CommandItem } from '@balcao/ui';
import type { StaffPermission } from '@balcao/contracts';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { useSessionStore } from '../stores/session.js';
import { useNavigation } from './navigation.js';

interface Entry {
  id: string;
  icon: string;
  to: RouteLocationRaw;
  permission: StaffPermission;
}

const PAGES: readonly Entry[] = [
  { id: 'mine', icon: 'i-lucide-inbox', to: { name: 'inbox', query: { view: 'mine' } }, permission: 'tickets:read' },
  {
    id: 'unassigned',
    icon: 'i-lucide-inbox',
    to: { name: 'inbox', query: { view: 'unassigned' } },
    permission: 'tickets:read',
  },
  { id: 'users', icon: 'i-lucide-user', to: { name: 'users' }, permission: 'users:read' },
  { id: 'categories', icon: 'i-lucide-folder', to: { name: 'categories' }, permission: 'kb:read' },
  {
    id: 'features',
    icon: 'i-lucide-toggle-right',
    to: { name: 'portal', params: { section: 'features' } },
    permission: 'portals:read',
  },
  {
    id: 'security',
    icon: 'i-lucide-lock',
    to: { name: 'portal', params: { section: 'security' } },
    permission: 'portals:read',
  },
  {
    id: 'domains',
    icon: 'i-lucide-at-sign',
    to: { name: 'portal', params: { section: 'invitations' } },
    permission: 'portals:read',
  },
  { id: 'roles', icon: 'i-lucide-shield-check', to: { name: 'roles' }, permission: 'roles:read' },
];
const CREATE: readonly Entry[] = [
  { id: 'newCustomer', icon: 'i-lucide-plus', to: { name: 'new-customer' }, permission: 'customers:write' },
  { id: 'newInvitation', icon: 'i-lucide-mail-plus', to: { name: 'new-invitation' }, permission: 'invitations:write' },
  { id: 'inviteStaff', icon: 'i-lucide-user-plus', to: { name: 'invite-staff' }, permission: 'staff:write' },
  { id: 'newArticle', icon: 'i-lucide-file-plus', to: { name: 'new-article' }, permission: 'kb:write' },
  { id: 'newRole', icon: 'i-lucide-shield-plus', to: { name: 'new-role' }, permission: 'roles:write' },
];

/** Every page of the console and everything that can be done from anywhere. */
export function usePalettePages(showShortcuts: () => void) {
  const { t, locale } = useI18n();
  const router = useRouter();
  const session = useSessionStore();
  const { items } = useNavigation();
  const { theme } = useTheme();

  const toItem = ({ id, icon, to }: Entry): CommandItem => ({
    id,
    icon,
    label: t(`shell.palette.${id}`),
    run: () => void router.push(to),
  });
  const allowed = ({ permission }: Entry) => session.can(permission);

  async function signOut(): Promise<void> {
    await session.signOut();
    await router.push({ name: 'login' });
  }

  const pages = computed<CommandItem[]>(() => [
    ...items.value.map(({ name, icon }) => ({
      id: name,
      icon,
      label: t(`shell.nav.${name}`),
      run: () => void router.push({ name }),
    })),
    ...PAGES.filter(allowed).map(toItem),
    {
      id: 'profile',
      icon: 'i-lucide-user-round',
      label: t('app.profile'),
      run: () => void router.push({ name: 'profile' }),
    },
  ]);
  const actions = computed<CommandItem[]>(() => [
    ...CREATE.filter(allowed).map(toItem),
    ...THEMES.filter((value) => value !== theme.value).map((value) => ({
      id: `theme-${value}`,
      icon: 'i-lucide-sun-moon',
      label: t('shell.palette.theme', { theme: t(`ui.theme.${value}`) }),
      run: () => (theme.value = value),
    })),
    ...LOCALES.filter((value) => value !== locale.value).map((value) => ({
      id: `language-${value}`,
      icon: 'i-lucide-globe',
      label: LOCALE_NAMES[value],
      keywords: t('ui.language'),
      run: () => void session.speak(value).catch((error: unknown) => toast({ text: errorText(error), tone: 'danger' })),
    })),
    { id: 'shortcuts', icon: 'i-lucide-keyboard', label: t('shell.shortcuts.title'), hint: '?', run: showShortcuts },
    { id: 'sign-out', icon: 'i-lucide-log-out', label: t('shell.signOut'), run: () => void signOut() },
  ]);
  return { pages, actions };
}
