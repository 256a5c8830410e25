import { adminLogout, adminMe, adminUpdateProfile } from '@balcao/api-client';
import type { StaffPermission } from '@balcao/contracts';
import { matchLocale, setBusinessTime, setLocale, setTimeZone, setUpSession, type Locale } from '@balcao/ui';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { Me } from '../data/types.js';
import { useDraftsStore } from './drafts.js';

/** Who of the organization's staff is signed in and what they may do; the API decides again on each request. */
export const useSessionStore = defineStore('session', () => {
  const session = setUpSession<Me>({
    audience: 'staff',
    whoOf: ({ user, organization }) => ({ id: user.id, name: user.name, email: user.email, at: organization.name }),
    read: adminMe,
    end: adminLogout,
    prepare,
    forget: () => useDraftsStore().clear(),
  });
  const { me } = session;
  const organizationName = computed(() => me.value?.organization.name ?? 'Balcão');

  /** Another language: of this person, whose mails come in it, and of this device. */
  async function speak(locale: Locale): Promise<void> {
    await setLocale(locale, { remember: true });
    if (me.value) await session.update(await adminUpdateProfile({ body: { locale } }));
  }

  /** Whether the organization is for trying things out: so it is from its first day to its last. */
  const isSandbox = computed(() => Boolean(me.value?.organization.now));

  const can = (...anyOf: StaffPermission[]) => anyOf.some((name) => me.value?.permissions.includes(name));

  return { ...session, organizationName, isSandbox, speak, can };
});

async function prepare({ user, organization }: Me): Promise<void> {
  setTimeZone(organization.timeZone);
  setBusinessTime(organization.now);
  useDraftsStore().openFor(user.id);
  const locale = matchLocale(user.locale);
  if (locale) await setLocale(locale);
}
