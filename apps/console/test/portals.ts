import { ALL_FEATURES } from '@balcao/contracts';
import { defaultTheme } from '@balcao/theming';
import type { Portal } from '../src/data/types.js';
import { json, type Api } from './harness.js';

/** A portal as the API answers it. */
export const portal = (more: Partial<Portal> = {}): Portal => ({
  id: 'p-1',
  signupSlug: 'aurora',
  slug: 'aurora',
  name: 'Aurora Telecom',
  isDefault: true,
  status: 'active',
  roleIds: [],
  customDomain: null,
  domainVerified: false,
  address: 'https://balcao.example/o/aurora/portal/',
  settings: {
    branding: {
      logoUrl: null,
      logoDarkUrl: null,
      faviconUrl: null,
      theme: {
        light: { ...defaultTheme.light, secondary: null, accent: null },
        dark: { ...defaultTheme.dark, secondary: null, accent: null },
      },
      welcomeMessage: { 'pt-BR': 'Sua conta, sem fila.', 'en-US': null },
      supportEmail: null,
      supportPhone: null,
      supportHours: { 'pt-BR': null, 'en-US': null },
      footerText: { 'pt-BR': null, 'en-US': null },
      termsUrl: null,
      privacyUrl: null,
      termsVersion: null,
      languages: ['pt-BR', 'en-US'],
      defaultLocale: 'pt-BR',
      showBalcaoMark: true,
    },
    style: { customCss: null },
    signup: {
      enabled: false,
      acceptsCpf: false,
      reviewsEverySignup: false,
      refusesPersonalEmail: false,
      refusesDisposableEmail: true,
    },
    invitations: { allowedDomains: ['padaria.example'] },
    mail: { senderName: null, replyTo: null },
    features: ALL_FEATURES,
    security: { sessionAbsoluteDays: 30, lockThreshold: 10, lockMinutes: 30 },
    tickets: { firstAnswerHours: 0, autoCloseDays: 7 },
  },
  version: 4,
  updatedAt: '2026-11-18T12:00:00Z',
  ...more,
});
/** What the pages of its settings ask for. */
export const working = (more: Api = {}): Api => ({
  'GET portals': () => json({ data: [portal()] }),
  'GET mail-sender': () => json({ sender: null }),
  'GET portals/p-1': () => json({ portal: portal() }),
  'PATCH portals/p-1': ({ body }) =>
    json({ portal: { ...portal(), ...(body as object), version: 5, settings: portal().settings } }),
  ...more,
});
