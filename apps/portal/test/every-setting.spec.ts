import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SettingsFacts } from '@balcao/api-client';
import { useTheme } from '@balcao/ui';
import { afterEach, expect, it } from 'vitest';
import type { Branding } from '../src/api/types.js';
import { branding, json, me, openPortal } from './harness.js';

const ROOT = resolve(import.meta.dirname, '../../..');

type Names<Section extends keyof SettingsFacts> = `${Section}.${keyof SettingsFacts[Section] & string}`;
type Setting = 'name' | { [Section in keyof SettingsFacts]: Names<Section> }[keyof SettingsFacts];
type Page = Awaited<ReturnType<typeof openPortal>>;

type Answer = Partial<Branding> & { signsUp?: boolean };
/** What the API answers of it, and what the page at the path has then that it had not before. */
interface Shown {
  answer: Answer;
  see: (page: Page) => unknown;
  now: unknown;
  path: string;
}
/** Another test looks at the page. */
interface Proved {
  spec: string;
  title: string;
}
type Row = Shown | Proved | { notOnAPage: string };

const shown = (answer: Answer, see: Shown['see'], now: unknown, path = '/login'): Row => ({
  ...{ answer, see, now, path },
});
const proved = (spec: string, title: string): Row => ({ spec, title });
const notOnAPage = (because: string): Row => ({ notOnAPage: because });

/** A text of the organization's, where the page at the path says it. */
const text = (name: keyof Branding['texts'], portuguese: string, where: string, path?: string): Row =>
  shown(
    { texts: { ...branding().texts, [name]: { 'pt-BR': portuguese, 'en-US': null } } },
    () => document.querySelector(where)?.textContent.includes(portuguese),
    true,
    path,
  );
const HOURS_ALONE: Answer = {
  supportEmail: null,
  supportPhone: null,
  texts: { ...branding().texts, supportHours: { 'pt-BR': 'Das 8h às 20h', 'en-US': null } },
};
const saysHours = () => document.querySelector('main')!.textContent.includes('Das 8h às 20h');
const off = (name: keyof Branding['features'], see: Shown['see'], path?: string): Row =>
  shown({ features: { ...branding().features, [name]: false } }, see, false, path);
const has = (selector: string) => () => document.querySelector(selector) !== null;
const logo = () => document.querySelector('header img')?.getAttribute('src');
const inMenu = (line: string) => (page: Page) => page.links().includes(line);

const BRAND = 'tools/browser-tests/tests/branding.spec.ts';
const LOOKS = 'tools/browser-tests/tests/pages.spec.ts';
const TEAM = 'apps/portal/test/team.spec.ts';
const CARDS = 'apps/portal/test/payment-methods.spec.ts';
const PAY = 'apps/portal/test/pay.spec.ts';
const SUBSCRIPTIONS = 'apps/portal/test/subscriptions.spec.ts';
const OFFERED = 'offers what the portal and its state let, and nothing else';
const SIGNUP = 'apps/portal/test/signup.spec.ts';
const PICTURES =
  'S0.43 S0.44 S3.34 S3.35 pictures are chosen, cropped, published, and seen at the door in both schemes';
const BRAND_COLOURS =
  'B.7 S0.46 S3.36–38 a glaring yellow brand stays readable, and each colour is seen where it belongs';
const CONSENTS = 'asks for both consents, each by a box of its own, and names their version';

it.each(['/login', '/'])(
  'S3.42 the hours of support are seen at %s without a telephone or an address',
  async (path) => {
    await openPortal(path, {
      api: { 'GET branding': () => json({ branding: branding(HOURS_ALONE) }), 'GET auth/me': () => json(me()) },
      session: path !== '/login',
    });
    expect(saysHours()).toBe(true);
  },
);

/** Each setting and what customers see of it on a page; types demand a row of each. */
const SETTINGS: Record<Setting, Row> = {
  name: shown({ portalName: 'Cometa' }, () => document.title.includes('Cometa'), true),
  'branding.logoUrl': shown({ logoUrl: '/pictures/light.png' }, logo, '/pictures/light.png'),
  'branding.logoDarkUrl': shown({ logoDarkUrl: '/pictures/dark.png' }, logo, '/pictures/dark.png'),
  'branding.faviconUrl': proved(BRAND, PICTURES),
  'branding.theme': proved(LOOKS, BRAND_COLOURS),
  'branding.welcomeMessage': text('welcomeMessage', 'Oi, vizinho!', 'main'),
  'branding.supportEmail': shown(
    { supportEmail: 'oi@aurora.example' },
    has('a[href="mailto:oi@aurora.example"]'),
    true,
  ),
  'branding.supportPhone': shown({ supportPhone: '0800 765 4321' }, has('a[href="tel:08007654321"]'), true),
  'branding.supportHours': shown(HOURS_ALONE, saysHours, true),
  'branding.footerText': text('footerText', 'Aurora Ltda.', 'footer'),
  'branding.languages': shown({ languages: ['pt-BR'] }, has('header [aria-label="Idioma"]'), false),
  'branding.defaultLocale': shown(
    { languages: ['en-US'], defaultLocale: 'en-US' },
    () => document.documentElement.lang,
    'en-US',
  ),
  'branding.termsUrl': shown({ termsUrl: 'https://aurora.example/t' }, has('a[href="https://aurora.example/t"]'), true),
  'branding.privacyUrl': shown(
    { privacyUrl: 'https://aurora.example/p' },
    has('a[href="https://aurora.example/p"]'),
    true,
  ),
  'branding.termsVersion': proved(SIGNUP, CONSENTS),
  'branding.showBalcaoMark': shown({ showBalcaoMark: false }, has('footer [title*="Balcão"]'), false),
  'style.customCss': proved(LOOKS, "S3.45 a tenant's stylesheet dresses the page, and covers nothing beside it"),
  'features.tickets': off('tickets', inMenu('Chamados'), '/'),
  'features.billing': off('billing', inMenu('Faturas'), '/'),
  'features.passwordReset': off('passwordReset', has('a[href="/forgot-password"]')),
  'features.invitations': proved(TEAM, 'S0.53 invite where the portal has that switched off'),
  'features.knowledgeBase': off('knowledgeBase', inMenu('Ajuda'), '/'),
  'features.billCheck': off('billCheck', has('footer a[href="/check"]')),
  'features.secondCopy': off('secondCopy', has('a[href="/second-copy"]')),
  'features.publicArticles': off('publicArticles', has('footer a[href="/help"]')),
  'security.sessionAbsoluteDays': notOnAPage('a session ends by itself'),
  'security.lockThreshold': notOnAPage('how many tries are left is told to nobody'),
  'security.lockMinutes': notOnAPage('how long a lock lasts is told to nobody'),
  'mail.senderName': notOnAPage('mails have it'),
  'mail.replyTo': notOnAPage('mails have it'),
  'invitations.allowedDomains': proved(TEAM, 'S0.54 one alone is told of the allowed domains while it is typed'),
  'signup.enabled': shown({ signsUp: true }, has('a[href="/signup/aurora"]'), true),
  'signup.acceptsCpf': proved(SIGNUP, 'a person signs up by CPF where the portal takes it; nothing is looked up'),
  'signup.reviewsEverySignup': notOnAPage('a signup says that it is looked at, whatever the reason'),
  'signup.refusesPersonalEmail': proved(
    SIGNUP,
    'S0.36 tells companies beforehand that no personal address is taken: %s',
  ),
  'signup.refusesDisposableEmail': proved(SIGNUP, 'S0.36 what the API refuses stands beside its field'),
  'payments.pix': proved(PAY, 'S0.3 has a tab for each way that is offered, and no other'),
  'payments.boleto': proved(PAY, 'S0.3 has a tab for each way that is offered, and no other'),
  'payments.card': proved(PAY, 'S0.3 has a tab for each way that is offered, and no other'),
  'payments.savesCards': proved(CARDS, 'S0.7 offers no card to be added where the portal saves none'),
  'payments.pixMinutes': proved(
    PAY,
    'S0.50 shows the code of PIX, what it is made of, what it is tomorrow, and changes by itself when it is paid',
  ),
  'payments.boletoDays': proved(
    PAY,
    'S0.49 asks for a boleto only when somebody wants it, and shows its line in groups',
  ),
  'payments.pixOnInvoice': notOnAPage('the document of an invoice has it'),
  'payments.boletoOnInvoice': notOnAPage('the document of an invoice has it'),
  'payments.invoicePixDays': notOnAPage('the document of an invoice has it'),
  'subscriptions.change': proved(SUBSCRIPTIONS, OFFERED),
  'subscriptions.pause': proved(SUBSCRIPTIONS, OFFERED),
  'subscriptions.longestPauseDays': proved(
    SUBSCRIPTIONS,
    'is refused beside the day that does not fit, before anything is asked',
  ),
  'subscriptions.cancelAtPeriodEnd': proved(SUBSCRIPTIONS, OFFERED),
  'subscriptions.cancelNow': proved(
    SUBSCRIPTIONS,
    'at once says that there is no way back, and what comes back as credit',
  ),
  'tickets.firstAnswerHours': notOnAPage('the mail that a ticket has come says it'),
  'tickets.autoCloseDays': proved(
    'apps/portal/test/tickets.spec.ts',
    'says when it closes, and is closed with one answer',
  ),
};
const entries = Object.entries(SETTINGS);
const { theme } = useTheme();
/** What is the first of what a call gets: titles of tests, among others. */
const titlesIn = (source: string) => [...source.matchAll(/\(\s*(['"`])(.*?)\1,/g)].map(([, , title]) => title);

afterEach(() => void (theme.value = 'system'));

it.each(entries.flatMap(([setting, row]) => ('see' in row ? [[setting, row] as const] : [])))(
  '%s is seen on the page',
  async (setting, { answer, see, now, path }) => {
    if (setting === 'branding.logoDarkUrl') theme.value = 'dark';
    const open = ({ signsUp = false, ...more }: Answer) => {
      const api = {
        'GET branding': () => json({ branding: branding(more) }),
        'GET auth/me': () => json(me({ features: more.features })),
        'GET signup': () => json({ signupPage: { slug: 'aurora', open: signsUp } }),
      };
      return openPortal(path, { api, session: path !== '/login' });
    };
    const at = (page: Page) => `${path} of the portal, where it says: ${page.text()}`;
    const before = await open({});
    expect(see(before), at(before)).not.toEqual(now);
    const after = await open(answer);
    expect(see(after), `${JSON.stringify(answer)} at ${at(after)}`).toEqual(now);
  },
);

it.each(entries.flatMap(([setting, row]) => ('spec' in row ? [[setting, row] as const] : [])))(
  '%s is seen by a test that is there',
  (_setting, { spec, title }) => {
    expect(titlesIn(readFileSync(resolve(ROOT, spec), 'utf8'))).toContain(title);
  },
);
