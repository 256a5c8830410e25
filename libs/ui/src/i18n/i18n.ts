import { createI18n, type LocaleMessageDictionary, type VueMessageType } from 'vue-i18n';
import { initialLocale, storeLocale, type Locale } from './locales.js';

/** Loads one part of the texts in a language, compiled by the Vite preset. */
export type MessageLoader = (locale: Locale) => Promise<{ default: unknown }>;

const own: MessageLoader = (locale) => (locale === 'pt-BR' ? import('./pt-BR.json') : import('./en-US.json'));

const loaders: MessageLoader[] = [own];
const loaded = new Set<string>();

/** The application's vue-i18n; `t` comes from `useI18n()` as usual. */
export const i18n = createI18n({
  legacy: false,
  locale: 'pt-BR' as Locale,
  fallbackWarn: false,
  missingWarn: import.meta.env.DEV,
  messages: {},
});

/** Translates outside of components (router, stores). */
export const translate = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values);

/** Whether a text exists, for keys that come from the API such as error codes. */
export const hasText = (key: string): boolean => i18n.global.te(key, i18n.global.locale.value);

/** The language in use. */
export const currentLocale = (): Locale => i18n.global.locale.value as Locale;

/** Adds texts in the language in use; the other language's are loaded when it is chosen. */
export async function addMessages(...more: MessageLoader[]): Promise<void> {
  loaders.push(...more.filter((loader) => !loaders.includes(loader)));
  await loadAll(currentLocale());
}

/** Switches the language of everything, the page's `lang` included. `remember` keeps it on this device. */
export async function setLocale(locale: Locale, { remember = false } = {}): Promise<void> {
  await loadAll(locale);
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
  if (remember) storeLocale(locale);
}

/** Chooses the language to begin with and loads its texts. */
export async function startLocale(...appLoaders: MessageLoader[]): Promise<void> {
  loaders.push(...appLoaders.filter((loader) => !loaders.includes(loader)));
  await setLocale(initialLocale());
}

async function loadAll(locale: Locale): Promise<void> {
  await Promise.all(
    loaders.map(async (loader, index) => {
      const key = `${locale}:${index}`;
      if (loaded.has(key)) return;
      const messages = (await loader(locale)).default as LocaleMessageDictionary<VueMessageType>;
      loaded.add(key);
      i18n.global.mergeLocaleMessage(locale, messages);
    }),
  );
}
