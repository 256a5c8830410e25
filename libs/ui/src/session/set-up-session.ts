import { ref, shallowRef } from 'vue';
import type { Router } from 'vue-router';

export interface SessionSettings<Me> {
  /** Whether the browser holds the cookie of a session: without it nobody is asked. */
  mayBeSignedIn: () => boolean;
  /** Asks the API who is signed in. */
  read: () => Promise<Me>;
  /** Ends the session at the API. */
  end: () => Promise<unknown>;
  /** Takes over language, zone and drafts before anything of this person shows. */
  prepare?: (me: Me) => Promise<void>;
  /** Called when the person signed out on purpose. */
  forget?: () => void;
}

/** Who is signed in; the body of an application's store. The API decides again on each request. */
export function setUpSession<Me>({ mayBeSignedIn, read, end, prepare, forget }: SessionSettings<Me>) {
  const state = ref<'unknown' | 'in' | 'out'>('unknown');
  const me = shallowRef<Me>();

  /** Whether somebody is signed in; asks the API once. */
  async function ensure(): Promise<boolean> {
    if (state.value === 'unknown') await (mayBeSignedIn() ? load().catch(leave) : leave());
    return state.value === 'in';
  }

  /** Reads who is signed in: after sign-in, and when the page is opened. */
  async function load(): Promise<void> {
    await update(await read());
    state.value = 'in';
  }

  /** Takes over what the person changed of themselves. */
  async function update(answer: Me): Promise<void> {
    await prepare?.(answer);
    me.value = answer;
  }

  /** Nobody is signed in any more; drafts stay for whoever was. */
  function leave(): void {
    me.value = undefined;
    state.value = 'out';
  }

  async function signOut(): Promise<void> {
    await end();
    forget?.();
    leave();
  }

  return { state, me, ensure, load, update, leave, signOut };
}

/** The session ended while it was in use: back to the sign-in page, and from there to where one was. */
export function returnToLogin(router: Router, session: { state: string; leave: () => void }, login = 'login'): void {
  if (session.state !== 'in') return;
  session.leave();
  void router.push({ name: login, query: { next: router.currentRoute.value.fullPath, reason: 'expired' } });
}
