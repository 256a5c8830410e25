import {
  portalBeginSignup,
  portalGetSignup,
  portalGetSignupPage,
  type SignupFacts,
  type SignupPageFacts,
} from '@balcao/api-client';
import { normalizeTaxId } from '@balcao/brazil';
import { ApiError } from '@balcao/ui';
import { inject, onScopeDispose, provide, ref, shallowRef, watch, type InjectionKey } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { useSignupDraft } from './draft.js';
import { follow } from './follow.js';
import { useProof } from './use-proof.js';

export type SignupState = ReturnType<typeof setUpSignup>;
const SIGNUP: InjectionKey<SignupState> = Symbol('signup');

/** For the steps of a signup, below the page that holds them together. */
export const useSignup = (): SignupState => inject(SIGNUP)!;

export function provideSignup(slug: string): SignupState {
  const signup = setUpSignup(slug);
  provide(SIGNUP, signup);
  return signup;
}

/** Statuses after which nothing comes by itself. */
const ENDED: readonly SignupFacts['status'][] = ['completed', 'withdrawn', 'expired'];

function setUpSignup(slug: string) {
  /** What the API says of the signup page; `null` where there is none. */
  const page = shallowRef<SignupPageFacts | null>();
  const failure = shallowRef<Error>();
  const { draft, goOnWith, forget } = useSignupDraft();
  const proof = useProof(async () => demandOpen(await readPage()));
  /** The signup of the draft as it was answered last. */
  const signup = shallowRef<SignupFacts>();
  /** Whether the API answers, and whether it knows the signup. */
  const reached = ref(true);
  const missing = ref(false);
  let leave = () => {};

  async function readPage(): Promise<SignupPageFacts> {
    page.value = (await portalGetSignupPage({ path: { signupSlug: slug } })).signupPage;
    return page.value;
  }

  async function load(): Promise<void> {
    failure.value = undefined;
    try {
      const { challenge } = await readPage();
      if (challenge) proof.begin(challenge);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) page.value = null;
      else failure.value = error as Error;
    }
  }
  void load();

  const key = () => ({ path: { id: draft.id }, headers: { 'x-balcao-signup': draft.token } });

  /** Takes what the API says of the draft's signup, unless it is older than what is known. */
  function take(answer: SignupFacts): void {
    if (answer.id !== draft.id) return;
    if (signup.value?.id === answer.id && answer.version <= signup.value.version) return;
    signup.value = answer;
  }

  watch(
    () => [draft.id, draft.token],
    ([id, token]) => {
      leave();
      missing.value = false;
      reached.value = true;
      if (signup.value?.id !== id) signup.value = undefined;
      if (!id || !token) return;
      leave = follow<SignupFacts>({
        ask: async (signal) =>
          (await portalGetSignup({ ...key(), query: { seen: signup.value?.version ?? 0 }, signal })).signup,
        take: (answer) => {
          const before = signup.value;
          take(answer);
          if (ENDED.includes(answer.status)) return 'last';
          return signup.value === before ? 'same' : 'new';
        },
        refused: () => (missing.value = true),
        reached: (yes) => (reached.value = yes),
      });
    },
    { immediate: true },
  );
  onScopeDispose(() => leave());

  /** Begins a signup with a number. Where another is typed before the answer, that is nobody's answer any more. */
  async function begin(taxId: string): Promise<void> {
    draft.id = draft.token = '';
    const { signup: begun, token } = await proof.spend((answer) =>
      portalBeginSignup({ path: { signupSlug: slug }, body: { taxId, proof: answer } }),
    );
    if (normalizeTaxId(draft.taxId) !== taxId) return;
    signup.value = begun;
    goOnWith({ id: begun.id, token, of: taxId });
  }

  /** Does something to the draft's signup, and takes what became of it, and what opens it from now on. */
  async function change<Call>(
    operation: (call: ReturnType<typeof key> & Call) => Promise<{ signup: SignupFacts; token?: string | null }>,
    call: Call,
  ) {
    const answer = await operation({ ...key(), ...call });
    if (answer.token && answer.signup.id === draft.id) draft.token = answer.token;
    take(answer.signup);
  }

  /** The page where somebody was last. */
  function whereLeft(): RouteLocationRaw {
    if (draft.id && draft.step === 'status') return { name: 'signup-status', params: { slug, id: draft.id } };
    return { name: draft.id && draft.step === 'administrator' ? 'signup-administrator' : 'signup', params: { slug } };
  }

  return { slug, page, failure, load, whereLeft, draft, forget, signup, reached, missing, begin, change, key };
}

/** The challenge of a page that is open. */
function demandOpen({ challenge }: SignupPageFacts) {
  if (!challenge) throw new ApiError({ status: 403, code: 'PORTAL_SIGNUP_DISABLED' });
  return challenge;
}
