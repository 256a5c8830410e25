import type { MailSenderIdentity, PortalDomain } from '@balcao/api-client';
import { ALL_FEATURES } from '@balcao/contracts';
import type { Portal } from '../src/data/types.js';
import { json, listOf, type Api } from './harness.js';

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
        light: { primary: null, secondary: null, accent: null },
        dark: { primary: null, secondary: null, accent: null },
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
    payments: {
      pix: true,
      boleto: true,
      card: true,
      savesCards: true,
      pixMinutes: 30,
      boletoDays: 30,
      pixOnInvoice: true,
      boletoOnInvoice: false,
      invoicePixDays: 0,
    },
    subscriptions: { change: true, pause: false, longestPauseDays: 92, cancelAtPeriodEnd: true, cancelNow: false },
    tickets: { firstAnswerHours: 0, autoCloseDays: 7 },
  },
  version: 4,
  updatedAt: '2026-11-18T12:00:00Z',
  ...more,
});
/** What the pages of its settings ask for. */
export const working = (more: Api = {}): Api => ({
  'GET organization': () => json({ organization: { id: 'o-1', slug: 'aurora', name: 'Aurora Telecom', version: 1 } }),
  'GET organization/versions': () => json(listOf([])),
  'GET portals': () => json({ data: [portal()] }),
  'GET mail-sender': () => json({ sender: null }),
  'GET portals/p-1': () => json({ portal: portal() }),
  'PATCH portals/p-1': ({ body }) =>
    json({ portal: { ...portal(), ...(body as object), version: 5, settings: portal().settings } }),
  ...more,
});

/** A portal's domain that waits for its records. */
export const domain = (change: Partial<PortalDomain> = {}): PortalDomain => ({
  domain: 'portal.aurora.com.br',
  registeredDomain: 'aurora.com.br',
  status: 'waiting',
  proof: {
    type: 'TXT',
    name: '_balcao.portal.aurora.com.br',
    relativeName: '_balcao.portal',
    value: 'balcao-verify=x',
  },
  target: { type: 'CNAME', name: 'portal.aurora.com.br', relativeName: 'portal', value: 'portais.balcao.example' },
  finding: 'missing',
  found: [],
  targetFinding: 'nothing',
  targetFound: [],
  verifiedAt: null,
  checkedAt: '2026-11-20T12:00:00Z',
  nextCheckAt: '2026-11-20T12:05:00Z',
  endsAt: '2026-12-04T12:00:00Z',
  ...change,
});

/** A record about mails with which nothing is wrong. */
export const right = { state: 'right' as const, found: [] as string[], stale: false, record: null };
/** A text in the zone of the sender's domain. */
export const record = (name: string, value: string) => ({
  type: 'TXT' as const,
  name: `${name}.aurora.com.br`,
  relativeName: name,
  value,
});
/** The address that mails come from, with everything right. */
export const sender = (change: Partial<MailSenderIdentity> = {}): MailSenderIdentity => ({
  address: 'financeiro@aurora.com.br',
  domain: 'aurora.com.br',
  registeredDomain: 'aurora.com.br',
  status: 'verified',
  proof: record('_balcao', 'balcao-verify=x'),
  finding: 'found',
  found: [],
  sends: true,
  signs: true,
  spf: right,
  dkim: right,
  dmarc: right,
  verifiedAt: '2026-11-20T12:00:00Z',
  checkedAt: '2026-11-20T12:00:00Z',
  nextCheckAt: '2026-11-21T12:00:00Z',
  endsAt: null,
  ...change,
});
/** What is different of one that nobody has proved yet. */
export const waiting = { status: 'waiting', sends: false, signs: false, verifiedAt: null, finding: 'missing' } as const;
