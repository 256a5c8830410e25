import type { Locator, Page } from '@playwright/test';
import { signInToConsole, signInToOps, signInToPortal } from '../support/sign-in.js';
import { COLOUR_RULES, expect, expectAccessible, test } from '../support/test.js';

/** Every page in both colour schemes, on a desk and on a phone: accessible, and without a sideways scroll. */

// Each test looks at many pages.
test.describe.configure({ timeout: 600_000 });

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const PORTAL_PAGES = [
  '',
  'tickets',
  'tickets/new',
  'invoices?show=all',
  'transactions',
  'statement',
  'payment-methods',
  'help',
  'help/conexao-cai-sempre-no-mesmo-horario',
  'team',
  'team/invitations',
  'settings',
  'settings/security',
];
const PUBLIC_PAGES = [
  'login',
  'forgot-password',
  'reset-password#token=spent',
  'accept-invitation#token=spent',
  'verify-email#token=spent',
  'confirm-signup#token=spent',
  'pay#token=spent',
  'check',
  'second-copy',
  'help',
  'help?q=internet',
  'help/conexao-cai-sempre-no-mesmo-horario',
];
const CONSOLE_PAGES = [
  'getting-started',
  'inbox?view=all',
  'customers',
  'users',
  'invitations',
  'invitations/new',
  'invitations/many',
  'signups',
  'articles',
  'billing/payments',
  'billing/stray-payments',
  'billing/gateway-events',
  'billing/gateways',
  'portal',
  'portal/style',
  'roles',
  'team',
  'team/new',
  'profile',
];
const STAFF_PUBLIC_PAGES = ['login', 'forgot-password', 'reset-password#token=spent', 'accept-invitation#token=spent'];

test('public pages of a portal', async ({ page, expectedConsole }) => {
  // The spent links answer 400, that of no invoice 404, which the browser reports.
  expectedConsole.push(/400 \(Bad Request\)/, /404 \(Not Found\)/);
  for (const path of PUBLIC_PAGES) await look(page, `/o/aurora/portal/${path}`);
});

test('pages of a signed-in customer', async ({ page }) => {
  await signInToPortal(page, 'ana@padaria.example');
  for (const path of PORTAL_PAGES) await look(page, `/o/aurora/portal/${path}`);
  await page.goto('/o/aurora/portal/tickets');
  await page
    .getByRole('link', { name: /Internet cai/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /Internet cai/ })).toBeVisible();
  await inspect(page);
});

test('pages of the console', async ({ page }) => {
  await signInToConsole(page, 'owner@aurora.example');
  for (const path of CONSOLE_PAGES) await look(page, `/console/${path}`);
  await page.goto('/console/team');
  await page.getByRole('link', { name: 'Rafael Nogueira' }).click();
  await expect(page.getByRole('heading', { name: 'Rafael Nogueira' })).toBeVisible();
  await inspect(page);
  await page.getByRole('button', { name: 'Suspender acesso' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await inspect(page);
});

test("pages of the console before sign-in, and the operators'", async ({ page, expectedConsole }) => {
  expectedConsole.push(/400 \(Bad Request\)/);
  for (const path of STAFF_PUBLIC_PAGES) await look(page, `/console/${path}`);
  await look(page, '/ops/login');
  await signInToOps(page);
  for (const path of ['/ops', '/ops/new']) await look(page, path);
  await page.getByRole('button', { name: 'Criar e convidar' }).click();
  await expect(page.getByText('Escreva o nome da organização.')).toBeVisible();
  await inspect(page);
});

test("every tab of a portal's settings, and the pages of portals", async ({ page }) => {
  // There is a version to go back to.
  await brandBoreal(page, { tickets: { firstAnswerHours: 9 } });
  // Seen in one scheme, which differ by colours alone, and walked through by its links: a load for each is dear.
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/console/portals');
  await inspectOnce(page, 'portals');
  await page.getByRole('main').getByRole('link', { name: 'Boreal Energia' }).click();
  const tabs = page.getByRole('navigation', { name: 'Portal', exact: true }).getByRole('link');
  await expect(tabs.first()).toBeVisible();
  const names = await tabs.allTextContents();
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) {
    await tabs.filter({ hasText: name }).first().click();
    await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
    await inspectOnce(page, name);
  }
  await expect(page.getByRole('button', { name: /^Voltar a esta versão: \d+$/ }).first()).toBeVisible();
  await page.goto('/console/portals/new');
  await inspectOnce(page, 'new');
});

test('S0 the link of a row has one ring, around all of the row; a page that is not there has a button of its words', async ({
  page,
}) => {
  const ring = async (path: string) => {
    await page.goto(path);
    const link = page.locator('.row-link').first();
    await expect(link).toBeVisible();
    await page.keyboard.press('Tab');
    await link.focus();
    return link.evaluate((one) => {
      const [own, row] = [getComputedStyle(one), getComputedStyle(one, '::after')];
      return { own: own.outlineStyle, row: row.outlineStyle, whole: parseFloat(row.width) > one.clientWidth };
    });
  };
  const ONE = { own: 'none', row: 'solid', whole: true };
  await signInToPortal(page, 'ana@padaria.example');
  for (const path of ['', '/tickets']) expect(await ring(`/o/aurora/portal${path}`)).toEqual(ONE);
  await page.goto('/o/aurora/portal/nowhere');
  const home = page.getByRole('link', { name: 'Ir para o início' });
  await expect(home).toBeVisible();
  expect((await home.boundingBox())!.width).toBeLessThan(240);
  await signInToConsole(page, 'owner@aurora.example');
  for (const path of ['customers', 'inbox?view=open']) expect(await ring(`/console/${path}`)).toEqual(ONE);
});

test('S0 on a phone the current tab is in sight, and leads to the others', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInToConsole(page, 'owner@aurora.example');
  await page.goto('/console/portal/invitations');
  const tabs = page.getByLabel('Parte das configurações');
  await expect(tabs).toHaveValue('invitations');
  await expect(tabs).toBeInViewport({ ratio: 1 });
  await tabs.selectOption('Histórico');
  await expect(page).toHaveURL(/portal\/history$/);
});

test('B.7 S0.46 S3.36–38 a glaring yellow brand stays readable, and each colour is seen where it belongs', async ({
  page,
}) => {
  const others = { secondary: '#11aa22', accent: '#1122aa' };
  const theme = { light: { primary: '#facc15', ...others }, dark: { primary: '#fde047', ...others } };
  await brandBoreal(page, { branding: { theme } });
  await look(page, '/o/boreal/portal/login');
  const signIn = page.getByRole('button', { name: 'Entrar' });
  await paint(page, 'dark');
  await expect(signIn).toHaveCSS('background-color', 'rgb(253, 224, 71)');
  await paint(page, 'light');
  await expect(signIn).toHaveCSS('background-color', 'rgb(250, 204, 21)');
  await signInToPortal(page, 'davi@boreal-cliente.example', 'boreal');
  for (const path of ['', 'tickets', 'tickets/new', 'help']) await look(page, `/o/boreal/portal/${path}`);

  // Where one of them did nothing, its place would be of the first one's yellow.
  await look(page, '/o/boreal/portal/help?q=inversor');
  expect(await strongestIn(page.locator('main mark').first(), 'backgroundColor')).toBe('blue');
  await page.goto('/o/boreal/portal/tickets');
  await page.getByRole('link', { name: /Inversor mostra erro 203/ }).click();
  expect(await strongestIn(page.locator('main .text-secondary-text').first(), 'color')).toBe('green');
  await inspect(page);
});

/** Which of its three lights is the brightest in a colour. */
const strongestIn = (element: Locator, property: 'color' | 'backgroundColor') =>
  element.evaluate((node, name) => {
    const lights = /\d+, \d+, \d+/.exec(getComputedStyle(node)[name])![0].split(', ').map(Number);
    return ['red', 'green', 'blue'][lights.indexOf(Math.max(...lights))];
  }, property);

test("S3.45 a tenant's stylesheet dresses the page, and covers nothing beside it", async ({ page }) => {
  const customCss =
    '.card { border-radius: 3px }\n:root { z-index: 99999; position: relative }\n.dark .card { border-radius: 5px }';
  await brandBoreal(page, { style: { customCss } });
  const styles = () =>
    page.evaluate(() => ({
      card: getComputedStyle(document.querySelector('.card')!).borderRadius,
      page: getComputedStyle(document.querySelector('#app')!).zIndex,
    }));
  await look(page, '/o/boreal/portal/login');
  for (const [colorScheme, card] of [
    ['light', '3px'],
    ['dark', '5px'],
  ] as const) {
    await paint(page, colorScheme);
    expect(await styles()).toEqual({ card, page: 'auto' });
  }
});

/** Changes the settings of Boreal's portal, as its owner. */
async function brandBoreal(page: Page, settings: object): Promise<void> {
  await signInToConsole(page, 'owner@boreal.example');
  await page.evaluate(async (change) => {
    const csrf = /balcao_staff_csrf_token=([^;]+)/.exec(document.cookie)?.[1] ?? '';
    const { data } = (await (await fetch('/api/v1/admin/portals')).json()) as {
      data: { id: string; version: number }[];
    };
    const answer = await fetch(`/api/v1/admin/portals/${data[0]!.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-balcao-csrf': decodeURIComponent(csrf) },
      body: JSON.stringify({ version: data[0]!.version, settings: change }),
    });
    if (!answer.ok) throw new Error(`The brand was not changed: ${answer.status}`);
  }, settings);
}

/** Opens a page and inspects it once all that it asks for is there. */
async function look(page: Page, path: string): Promise<void> {
  await test.step(path, async () => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await inspect(page);
  });
}

/** Shows the page in another colour scheme, as it changes for whoever changes their system's. */
async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html.dark')).toHaveCount(colorScheme === 'dark' ? 1 : 0);
}

/** Looks at a page of the console once all that it asks for is there: at a desk, and for its width on a phone. */
async function inspectOnce(page: Page, name: string): Promise<void> {
  await test.step(name, async () => {
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page);
    await page.setViewportSize(PHONE);
    await expectNoSidewaysScroll(page, 'a phone');
    await page.setViewportSize(DESK);
  });
}

/** Looks at the page as it stands, in both colour schemes and on both devices; loaded once, since that takes longest. */
async function inspect(page: Page): Promise<void> {
  for (const [viewport, colorScheme, rules] of [
    [DESK, 'light'],
    [DESK, 'dark', COLOUR_RULES],
    [PHONE, 'dark', COLOUR_RULES],
    [PHONE, 'light'],
  ] as const) {
    await page.setViewportSize(viewport);
    await paint(page, colorScheme);
    await expectAccessible(page, rules);
    await expectNoSidewaysScroll(page, `${colorScheme}, ${viewport.width} px`);
  }
  await page.setViewportSize(DESK);
}

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways, `sideways scroll, ${where}`).toBeLessThanOrEqual(0);
}
