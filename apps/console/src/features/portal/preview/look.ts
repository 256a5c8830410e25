import { contactsOf, localized, type Locale } from '@balcao/contracts';
import { brandVariables, wholeTheme, type BrandVariables, type ChosenTheme, type Mode } from '@balcao/theming';
import type { Portal } from '../../../data/types.js';
import type { PortalPatch } from '../../../data/portals.js';

/** What of a portal can be looked at before it is saved. */
export const PREVIEW_PAGES = ['signIn', 'home', 'signup', 'invite', 'mail'] as const;
export type PreviewPage = (typeof PREVIEW_PAGES)[number];
/** A signup has two steps. */
export type ShownPage = PreviewPage | 'signupData';

/** Tabs whose settings customers see, with the page that shows them. */
export const SHOWN_ON: Readonly<Record<string, PreviewPage>> = {
  branding: 'signIn',
  style: 'signIn',
  features: 'home',
  signup: 'signup',
  invitations: 'invite',
  mail: 'mail',
};

/** A portal as it would be, as far as its pages show it. */
export interface PortalLook {
  portal: Portal;
  mode: Mode;
  variables: BrandVariables;
  /** For this mode; none stands for the initials. */
  logoUrl: string;
  locale: Locale;
}

/** The portal as a change would leave it. Colours that are typed are no theme yet: that one is given beside them. */
export function afterChange(portal: Portal, { name, settings = {} }: PortalPatch, theme?: ChosenTheme): Portal {
  const sections = Object.entries(settings).map(([section, values]) => [
    section,
    { ...portal.settings[section as keyof Portal['settings']], ...(values as object) },
  ]);
  const changed = { ...portal.settings, ...Object.fromEntries(sections) } as Portal['settings'];
  const branding = { ...changed.branding, theme: theme ?? portal.settings.branding.theme };
  return { ...portal, name: name ?? portal.name, settings: { ...changed, branding } as Portal['settings'] };
}

export function lookOf(portal: Portal, mode: Mode, spoken: Locale): PortalLook {
  const { theme, logoUrl, logoDarkUrl, languages, defaultLocale } = portal.settings.branding;
  return {
    portal,
    mode,
    variables: brandVariables(wholeTheme(theme), mode),
    logoUrl: (mode === 'dark' && logoDarkUrl) || logoUrl || '',
    locale: languages.includes(spoken) ? spoken : defaultLocale,
  };
}

/** Whether its pages have anything to say of whom to turn to, and when. */
export function hasContacts({ portal, locale }: PortalLook): boolean {
  const { branding } = portal.settings;
  return contactsOf(branding).length > 0 || Boolean(localized(branding.supportHours, locale, branding.defaultLocale));
}
