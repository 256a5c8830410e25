import type { ShallowUnwrapRef } from 'vue';
import type { Router } from 'vue-router';
import { returnAddress } from '../access/use-sign-in-form.js';
import type { Caller } from '../api/transport.js';
import { hasUnsavedChanges } from '../forms/unsaved-changes.js';
import type { setUpSession } from './set-up-session.js';

/** A session as its store has it, whoever's it is. */
export type KeptSession = Omit<ShallowUnwrapRef<ReturnType<typeof setUpSession>>, 'me' | 'update'>;

/**
 * Keeps the pages true to the browser's session: who signed out, here or anywhere, is led to the sign-in page and from
 * there to where they were; who signed in in another tab goes on here.
 * @param access of the pages that this session opens
 */
export function keepSession(router: Router, session: KeptSession, access: string, login = 'login'): Caller {
  let before: string | undefined;

  function signedOut(): void {
    if (session.state !== 'in') return;
    const { meta, fullPath } = router.currentRoute.value;
    before = session.who?.id;
    if (hasUnsavedChanges()) return session.wait();
    session.leave();
    if (meta['access'] === access) void router.push({ name: login, query: { next: fullPath, reason: 'expired' } });
  }

  /** Somebody has signed in in another tab while this one showed the way in. */
  async function enter(): Promise<void> {
    session.state = 'unknown';
    if (!(await session.ensure().catch(() => false))) return;
    const way = before === undefined || before === session.who?.id ? returnAddress(router, access) : undefined;
    // Who is signed in is led home from the sign-in page.
    await router.replace(way ?? { name: login, force: true });
  }

  const look = () => void session.look().catch(() => {});
  session.tabs?.addEventListener('message', () => {
    if (session.state === 'in') look();
    else if (router.currentRoute.value.name === login) void enter();
    else session.state = 'unknown';
  });

  return {
    person: () => (session.state === 'in' ? session.who?.id : undefined),
    signedOut,
    changed: look,
  };
}
