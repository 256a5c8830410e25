import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { ApiError } from '../api/api-error.js';
import { csrfToken, FOR_ANYBODY, type Audience } from '../api/transport.js';

/** Who is signed in, as a page says it to a reader. */
export interface SignedIn {
  id: string;
  name: string;
  email: string;
  /** The company or organization they act in. */
  at?: string;
}

/** The session has ended, or its organization is suspended: both are told by the way in. */
const REFUSALS = [401, 403];

/** What a call may be told besides what it asks. */
interface Call {
  headers?: Record<string, string>;
}

export interface SessionSettings<Me> {
  audience: Audience;
  /** Where the cookies of the session hold: nothing, or for example `/o/aurora`. */
  base?: string;
  /** Asks the API who is signed in. */
  read: (call: Call) => Promise<Me>;
  /** Ends the session at the API. */
  end: (call?: Call) => Promise<unknown>;
  whoOf: (me: Me) => SignedIn;
  /** Takes over language, zone and drafts before anything of this person shows. */
  prepare?: (me: Me) => Promise<void>;
  /** Called when the person signed out on purpose. */
  forget?: () => void;
}

/**
 * Who is signed in; the body of an application's store. The API decides again on each request. Tabs of one browser share
 * one session, so each tells the others when it begins or ends one, and they ask the API whose it is now.
 */
export function setUpSession<Me>({ audience, base = '', read, end, whoOf, prepare, forget }: SessionSettings<Me>) {
  const state = ref<'unknown' | 'in' | 'out'>('unknown');
  const me = shallowRef<Me>();
  /** Who this page is for. */
  const who = computed(() => me.value && whoOf(me.value));
  /** Who is signed in on this browser by now, where that is somebody else. */
  const other = shallowRef<SignedIn>();
  /** The session has ended, and the page waits for its person, since it has what was not saved. */
  const waits = ref(false);
  const tabs =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`balcao-session ${audience} ${base}`);
  const tellTabs = () => tabs?.postMessage('changed');
  /** The cookie that comes with a session; it differs with each. */
  const proof = () => csrfToken(audience)?.value;
  let known = proof();

  /**
   * Whether somebody is signed in; asks the API once. Without the cookie of a session nobody is asked.
   * @throws where the API does not say: then it is as unknown as before, and asked again
   */
  async function ensure(): Promise<boolean> {
    if (state.value === 'unknown') await (proof() ? take().catch(leaveIfRefused) : leave());
    return state.value === 'in';
  }

  function leaveIfRefused(error: unknown): void {
    if (!(error instanceof ApiError && REFUSALS.includes(error.status))) throw error;
    leave();
  }

  /** Reads who has just signed in. @throws ApiError cookie_refused where the browser has not kept what opens the session */
  async function load(): Promise<void> {
    await take().catch(asCookieRefused);
    tellTabs();
  }

  function asCookieRefused(error: unknown): never {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    throw new ApiError({ status: 401, code: 'cookie_refused', requestId: error.requestId }, { cause: error });
  }

  async function take(): Promise<void> {
    await update(await read({ headers: FOR_ANYBODY }));
    other.value = undefined;
    waits.value = false;
    known = proof();
    state.value = 'in';
  }

  /** Takes over what the person changed of themselves. */
  async function update(answer: Me): Promise<void> {
    await prepare?.(answer);
    me.value = answer;
  }

  /** Asks whose session this browser has by now; the transport does what there is to do where it has none. */
  async function look(): Promise<void> {
    if (state.value !== 'in') return;
    const now = await read({ headers: FOR_ANYBODY });
    known = proof();
    const found = whoOf(now);
    if (found.id === who.value?.id) {
      other.value = undefined;
      waits.value = false;
    } else other.value = found;
  }

  /** Looks where the cookie is another than it was: whatever replaced it told no tab of ours, or this one slept. */
  function lookIfChanged(): void {
    if (document.visibilityState === 'visible' && proof() !== known) void look().catch(() => {});
  }
  document.addEventListener('visibilitychange', lookIfChanged);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', lookIfChanged);
    tabs?.close();
  });

  /** Nobody is signed in any more; drafts stay for whoever was. */
  function leave(): void {
    const was = state.value;
    me.value = undefined;
    other.value = undefined;
    waits.value = false;
    state.value = 'out';
    if (was === 'in') tellTabs();
  }

  /** Nobody is signed in any more, but what is on this page shall be there when its person comes back. */
  function wait(): void {
    if (!waits.value) tellTabs();
    waits.value = true;
  }

  async function signOut(): Promise<void> {
    await end();
    forget?.();
    leave();
  }

  /** Ends the session of whoever else is signed in here, for the person of this page to come back. */
  async function endOther(): Promise<void> {
    await end({ headers: FOR_ANYBODY });
    tellTabs();
  }

  return {
    state,
    me,
    who,
    other,
    waits,
    tabs,
    ensure,
    load,
    update,
    look,
    leave,
    wait,
    signOut,
    endOther,
  };
}
