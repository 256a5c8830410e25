import { ALL_FEATURES, USUAL_PORTAL_PERMISSIONS } from '@balcao/contracts';
import { keepSession, startLocale, type Feature } from '@balcao/ui';
import { json, listOf, openPage, replaceNetwork, speakPortuguese, type Api } from '@balcao/ui/testing';
import { createPinia, disposePinia } from 'pinia';
import { expect, onTestFinished } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import App from '../src/App.vue';
import { connectApi } from '../src/api/connection.js';
import type { Branding, Me } from '../src/api/types.js';
import { appMessages } from '../src/i18n/messages.js';
import { createPortalRouter } from '../src/router.js';
import { features as ownFeatures, FEATURES } from '../src/features.js';
import { usePortalStore } from '../src/stores/portal.js';
import { useSessionStore } from '../src/stores/session.js';

export { eventually, json, listOf, problem, settle, type Api } from '@balcao/ui/testing';

const API = '/o/aurora/api/v1/portal/';

const NOT_SAID = { 'pt-BR': null, 'en-US': null };

export const branding = (more: Partial<Branding> = {}): Branding => ({
  id: 'p-1',
  orgId: 'o-1',
  organizationName: 'Aurora Telecom',
  isSandbox: false,
  portalName: 'Aurora',
  slug: 'aurora',
  logoUrl: null,
  logoDarkUrl: null,
  faviconUrl: null,
  termsUrl: null,
  privacyUrl: null,
  primaryColor: '#214EA1',
  secondaryColor: '#214EA1',
  accentColor: '#214EA1',
  theme: {
    light: { primary: { h: 219, s: 66, l: 38 }, secondary: null, accent: null },
    dark: { primary: { h: 216, s: 78, l: 72 }, secondary: null, accent: null },
  },
  customDomain: null,
  domainVerified: false,
  customCss: null,
  welcomeMessage: null,
  supportEmail: 'suporte@aurora.example',
  supportPhone: null,
  footerText: null,
  texts: { welcomeMessage: NOT_SAID, supportHours: NOT_SAID, footerText: NOT_SAID },
  languages: ['pt-BR', 'en-US'],
  defaultLocale: 'pt-BR',
  showBalcaoMark: true,
  features: switches(),
  enableTickets: true,
  enableAssetCheckout: false,
  enableSelfService: false,
  enablePasswordReset: true,
  ...more,
});

const switches = (more: Partial<Me['features']> = {}): Me['features'] => ({
  ...ALL_FEATURES,
  ...more,
});

export const me = (more: { permissions?: Me['permissions']; features?: Partial<Me['features']> } = {}): Me => ({
  user: {
    id: 'u-1',
    email: 'ana@padaria.example',
    name: 'Ana Ribeiro',
    receiveNotifications: true,
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    displayName: 'Ana Ribeiro',
    status: 'active',
    orgId: 'o-1',
    orgName: 'Aurora Telecom',
    organizationId: 'o-1',
    organizationName: 'Aurora Telecom',
    organizationSlug: 'aurora',
    billingAccountId: 'b-1',
  },
  customer: { id: 'b-1', name: 'Padaria Estrela', externalId: 'padaria-estrela' },
  organization: {
    id: 'o-1',
    slug: 'aurora',
    name: 'Aurora Telecom',
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    currency: 'BRL',
    now: null,
  },
  portal: { id: 'p-1', slug: 'aurora', name: 'Aurora', languages: ['pt-BR', 'en-US'], defaultLocale: 'pt-BR' },
  permissions: more.permissions ?? [
    ...USUAL_PORTAL_PERMISSIONS,
    'tickets:read_account',
    'invoices:read',
    'payments:create',
  ],
  features: switches(more.features),
  sessionExpiresAt: '2026-11-22T12:00:00Z',
});

/** What the home page asks for, with nothing in it. */
const quiet: Api = {
  'GET branding': () => json({ branding: branding() }),
  'GET signup': () => json({ signupPage: { slug: 'aurora', open: false } }),
  'GET auth/me': () => json(me()),
  'GET tickets': () => json(listOf([])),
  'GET tickets/overview': () => json({ open: 0, openExact: true, waiting: 0, waitingExact: true, tickets: [] }),
  'GET invoices/overview': () => json({ due: [], invoices: [] }),
  'GET invoices/i-1/proofs': () => json({ proofs: [], pauses: [], wouldPauseUntil: '2026-11-23' }),
  'GET invoices/i-1/disputes': () => json({ data: [] }),
  'GET invoices/i-1/payments': () => json({ data: [] }),
  'GET invoices/i-1/collections': () => json({ data: [] }),
  'GET kb': () => json(listOf([])),
  'GET kb/categories': () => json({ data: [] }),
  'GET profile/sessions': () => json({ sessions: [] }),
};

/** Sets or takes the readable cookie that comes with a session. */
export function signedIn(yes: boolean): void {
  document.cookie = `balcao_portal_csrf_token=token; path=/; max-age=${yes ? 3600 : -1}`;
}

/** Whatever the page says from now on, were it for a moment. */
export function textsThatShow(): () => string {
  const said = new Set<string>();
  new MutationObserver(() => said.add(document.body.textContent)).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  return () => [...said].join('\n');
}

/** Opens the whole portal at a path; answers are named below its API: `'GET tickets'`. */
/** What the server puts into the page's head, so that nobody asks for it. */
export function give(name: string, answer: object): void {
  const given = document.createElement('script');
  given.type = 'application/json';
  given.id = name;
  given.textContent = JSON.stringify(answer);
  document.head.append(given);
}

export async function openPortal(
  path: string,
  {
    api = {},
    session = true,
    features = ownFeatures,
  }: { api?: Api; session?: boolean; features?: readonly Feature[] } = {},
) {
  const network = replaceNetwork({ ...quiet, ...api }, ({ pathname }) => {
    expect(pathname.startsWith(API), `outside of the portal's base: ${pathname}`).toBe(true);
    return decodeURIComponent(pathname.slice(API.length));
  });
  signedIn(session);
  speakPortuguese();
  const pinia = createPinia();
  onTestFinished(() => disposePinia(pinia));
  await startLocale(appMessages);
  const router = createPortalRouter(createMemoryHistory(), features);
  connectApi(keepSession(router, useSessionStore(pinia), 'signed-in'));
  await usePortalStore(pinia).load();
  return {
    ...(await openPage({
      app: App,
      router,
      plugins: [pinia, (app) => void app.provide(FEATURES, features)],
      path,
      density: 'portal',
    })),
    ...network,
  };
}
