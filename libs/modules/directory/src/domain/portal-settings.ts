import { LOCALES, type Localized, type PortalFeature } from '@balcao/contracts';
import { defaultTheme } from '@balcao/theming';
import { defineSettings, type SettingsSection } from './define-settings.js';

/** Longest sentence that a portal says of itself. */
const LONGEST_SENTENCE = 500;
const picture = (description: string) => ({ kind: 'picture', default: null, description }) as const;
const texts = (description: string, max: number, example: Localized) =>
  ({ kind: 'texts', max, default: {}, description, example }) as const;

/** How a portal looks, what it says of itself, whom its visitors can turn to, and what holds for them. */
export const brandingSettings = defineSettings('branding', {
  logoUrl: picture('Logo on light ground'),
  logoDarkUrl: picture('Logo on dark ground'),
  faviconUrl: picture('Icon of browser tabs'),
  theme: { kind: 'theme', default: defaultTheme, description: 'Colours' },
  welcomeMessage: texts('Greeting on the sign-in page', LONGEST_SENTENCE, {
    'pt-BR': 'Sua conta com a Aurora, sem fila.',
    'en-US': 'Your Aurora account, without the queue.',
  }),
  supportEmail: {
    kind: 'email',
    default: null,
    description: 'Where customers write for help',
    example: 'suporte@aurora.example',
  },
  supportPhone: {
    kind: 'telephone',
    default: null,
    description: 'Where customers call for help',
    example: '0800 765 4321',
  },
  supportHours: texts('When somebody answers', 100, {
    'pt-BR': 'Seg. a sáb., das 8h às 20h',
    'en-US': 'Mon to Sat, 8 am to 8 pm',
  }),
  footerText: texts('Text at the foot of pages and mails', LONGEST_SENTENCE, {
    'pt-BR': 'Aurora Telecom Ltda.',
    'en-US': 'Aurora Telecom Ltda.',
  }),
  termsUrl: {
    kind: 'webAddress',
    default: null,
    description: 'Terms of use: a link at the foot of pages, and what whoever signs up agrees to; null for none',
    example: 'https://aurora.example/termos',
  },
  privacyUrl: {
    kind: 'webAddress',
    default: null,
    description: 'Privacy notice: a link at the foot of pages, and what whoever signs up agrees to; null for none',
    example: 'https://aurora.example/privacidade',
  },
  termsVersion: {
    kind: 'text',
    max: 50,
    default: null,
    description: 'Version of both, kept with each consent',
    example: '2026-11',
  },
  languages: {
    kind: 'locales',
    default: [...LOCALES],
    description: 'Languages offered; the default one is among them',
    example: [...LOCALES],
  },
  defaultLocale: { kind: 'locale', default: 'pt-BR', description: 'Language of visitors without a preference' },
  showBalcaoMark: { kind: 'switch', default: true, description: "Whether Balcão's mark stands in the footer" },
});

export type PortalBranding = ReturnType<typeof brandingSettings.of>;
/** The settings of the brand that are texts, one for each language. */
export type BrandingText = {
  [Name in keyof PortalBranding]: Localized extends PortalBranding[Name] ? Name : never;
}[keyof PortalBranding];
export const BRANDING_TEXTS = (Object.keys(brandingSettings.settings) as (keyof PortalBranding)[]).filter(
  (name): name is BrandingText => brandingSettings.settings[name].kind === 'texts',
);

export type PortalFeatures = Record<PortalFeature, boolean>;

const DESCRIPTIONS: Record<PortalFeature, string> = {
  tickets: 'Customers open and read tickets',
  passwordReset: 'Customers set a forgotten password anew by mail',
  invitations: 'Customers invite people into their account',
  knowledgeBase: 'Customers read articles',
  billing: 'Customers read their invoices',
  billCheck: 'Anybody asks whether a bill is genuine, without signing in; needs `billing`',
  secondCopy: 'A CPF or CNPJ is enough to have the links of what is owed mailed to those on file; needs `billing`',
  publicArticles: 'Articles marked public are read without signing in',
};

/** The switches of what there is; all are on by default. */
export const featureSettings: SettingsSection<PortalFeatures> = defineSettings(
  'features',
  mapValues(DESCRIPTIONS, (description) => ({ kind: 'switch' as const, default: true, description })),
);

function mapValues<Name extends string, From, To>(values: Record<Name, From>, to: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(values).map(([name, value]) => [name, to(value)])) as Record<Name, To>;
}
