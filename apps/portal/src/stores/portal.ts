import { portalGetBranding } from '@balcao/api-client';
import { contactsOf, localized, type PortalFeature } from '@balcao/contracts';
import { ApiError, currentLocale, matchLocale, setLocale, storedLocale, type Locale } from '@balcao/ui';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { base } from '../api/base.js';
import { given } from '../api/given.js';
import type { Branding, OtherPortal } from '../api/types.js';

/** What the portal shows: `neutral` is a host of the installation that names no portal until somebody signs in. */
export type PortalState = 'loading' | 'ready' | 'neutral' | 'unknown' | 'suspended' | 'failed';

/** What there is for visitors of another feature. */
const PART_OF: Partial<Record<PortalFeature, PortalFeature>> = {
  publicArticles: 'knowledgeBase',
  billCheck: 'billing',
  secondCopy: 'billing',
};

/** How this portal looks and whom to turn to. */
export const usePortalStore = defineStore('portal', () => {
  const state = ref<PortalState>('loading');
  const branding = shallowRef<Branding>();
  const failure = shallowRef<unknown>();
  /** Where somebody may go whom this portal does not let in; undefined for everybody else. */
  const elsewhere = shallowRef<readonly OtherPortal[]>();
  /** Where what was here is now. */
  const instead = computed(() => (failure.value instanceof ApiError ? portalsOf(failure.value) : []));
  const name = computed(() => branding.value?.portalName ?? 'Balcão');
  /** Whom its customers can turn to. */
  const contacts = computed(() => contactsOf(branding.value));
  /** Whether there is something here without signing in; what is of a part of the portal goes with it. */
  const has = (feature: PortalFeature): boolean => {
    const features = branding.value?.features;
    const whole = PART_OF[feature];
    return Boolean(features?.[feature] && (!whole || features[whole]));
  };
  /** Whether articles are read here without signing in. */
  const showsArticles = computed(() => has('publicArticles'));
  /** Where the organization is, as an answer has said it to who has not signed in. */
  const timeZone = ref<string>();

  /** @param locale the start of the language, where that is still under way: the portal's languages come after it */
  async function load(locale?: Promise<void>): Promise<void> {
    try {
      branding.value = given<Branding>('branding') ?? (await portalGetBranding()).branding;
      state.value = 'ready';
      await locale;
      await offerLanguage(branding.value);
    } catch (error) {
      failure.value = error;
      state.value = stateAfter(error);
    }
  }

  /** What is here no more: an answer said so, and where it is. */
  function leave(error: ApiError): void {
    failure.value = error;
    state.value = 'unknown';
  }

  /** A language of the portal: a person may have chosen one before the portal ceased to offer it. */
  const offers = (locale: Locale): boolean => branding.value?.languages.includes(locale) ?? true;

  /** One of the organization's texts, in the reader's language or in another that it has. */
  const said = (text: keyof Branding['texts']) =>
    branding.value && localized(branding.value.texts[text], currentLocale(), branding.value.defaultLocale);

  /** Whether there is anything to say of whom to turn to, and when. */
  const hasContacts = computed(() => contacts.value.length > 0 || Boolean(said('supportHours')));

  return {
    state,
    branding,
    failure,
    elsewhere,
    instead,
    name,
    contacts,
    hasContacts,
    has,
    showsArticles,
    timeZone,
    load,
    leave,
    offers,
    said,
  };
});

/** Portals that a refusal names. */
export const portalsOf = ({ extra }: ApiError) => (extra['portals'] ?? []) as readonly OtherPortal[];

function stateAfter(error: unknown): PortalState {
  if (!(error instanceof ApiError)) return 'failed';
  if (error.code === 'organization_suspended') return 'suspended';
  if (error.code === 'misdirected_request') return 'unknown';
  if (error.status !== 404) return 'failed';
  return base === '' ? 'neutral' : 'unknown';
}

/** A portal may offer fewer languages than Balcão speaks. */
async function offerLanguage({ languages, defaultLocale }: Branding): Promise<void> {
  if (languages.includes(currentLocale())) return;
  const stored = storedLocale();
  await setLocale(stored && languages.includes(stored) ? stored : (matchLocale(defaultLocale) ?? currentLocale()));
}
