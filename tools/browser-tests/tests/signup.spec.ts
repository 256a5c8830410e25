import type { Page } from '@playwright/test';
import { linkIn, mailTo } from '../support/mailbox.js';
import { signInToConsole } from '../support/sign-in.js';
import { expectAnswers, fillAdministrator, openSignup, signUpForReview, SLOW_TODAY } from '../support/sign-up.js';
import { expect, expectAccessible, test } from '../support/test.js';

const STAMP = Date.now();
const PHONE = { width: 390, height: 844 };
const PASSWORD = 'pão quente de manhã';
const page = (slug: string) => `/o/${slug}/portal/signup/${slug}`;

test.beforeAll(async ({ browser, baseURL }) => {
  const theme = { light: { primary: '#facc15' }, dark: { primary: '#facc15' } };
  const portals: [slug: string, signup: object, more: object][] = [
    ['aurora', {}, {}],
    ['boreal', { acceptsCpf: true }, { branding: { theme } }],
  ];
  for (const [slug, signup, more] of portals) {
    const context = await browser.newContext({ baseURL, locale: 'pt-BR' });
    const owner = await context.newPage();
    await signInToConsole(owner, `owner@${slug}.example`);
    await openSignup(owner, signup, more);
    await context.close();
  }
});

/** Looks at what stands there, in both colour schemes. */
async function inspect(at: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await at.emulateMedia({ colorScheme });
    await expect(at.locator('html.dark')).toHaveCount(colorScheme === 'dark' ? 1 : 0);
    await expectAccessible(at);
    const sideways = await at.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, `sideways scroll, ${colorScheme}`).toBeLessThanOrEqual(0);
  }
}

const field = (at: Page) => at.getByRole('textbox', { name: 'CNPJ' });
const heading = (at: Page, name: string) => expect(at.getByRole('heading', { level: 1, name })).toBeVisible();

test('S0.34 S0.39–41 a phone is told what the register says of each company', async ({ page: phone }) => {
  await phone.setViewportSize(PHONE);
  await phone.goto(page('aurora'));
  await heading(phone, 'Sua empresa');
  await inspect(phone);
  await expectAnswers(phone, [
    ['90002000000113', /Esta empresa está baixada desde 14\/03\/2025/, inspect],
    ['90003000000138', /Esta empresa está suspensa desde 02\/08\/2024/],
    ['90004000000152', /Esta empresa está inapta desde 19\/05\/2023/],
    ['90005000000177', /Esta empresa está com a inscrição nula desde 10\/01\/2022/],
    ['12ABC34501DE35', /Este CNPJ já tem cadastro/, inspect],
    ['11444777000161', /O registro ainda não tem este CNPJ/, inspect],
    ['90merc0a000119', /MERCEARIA DO BAIRRO LTDA/, inspect],
  ]);
  await phone.getByRole('button', { name: 'Continuar com esta empresa' }).click();
  await heading(phone, 'Quem administra');
  await phone.getByRole('button', { name: 'Criar cadastro' }).click();
  await expect(phone.getByText('Escreva seu nome.')).toBeVisible();
  await inspect(phone);
  // The browser's way back keeps what was typed.
  await phone.getByLabel('Seu nome').fill('Carolina');
  await phone.goBack();
  await heading(phone, 'Sua empresa');
  await phone.goForward();
  await expect(phone.getByLabel('Seu nome')).toHaveValue('Carolina');
});

test('S0.33–38 by keyboard alone, an alphanumeric company becomes a customer, and the page goes on by itself', async ({
  page: desk,
  context,
}) => {
  const email = `carolina.${STAMP}@alvorada.example`;
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 30; presses++) {
      await desk.keyboard.press('Tab');
      const label = await desk.evaluate(() => (document.activeElement as HTMLInputElement)?.labels?.[0]?.textContent);
      if (label?.trim().startsWith(name)) return;
    }
    throw new Error(`No way to ${name}`);
  };
  await desk.goto(page('aurora'));
  await heading(desk, 'Sua empresa');
  await tabTo('CNPJ');
  await desk.keyboard.type('90merc0a000119');
  await expect(field(desk)).toHaveValue('90.MER.C0A/0001-19');
  await expect(desk.getByText('MERCEARIA DO BAIRRO LTDA')).toBeVisible({ timeout: 15_000 });
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('heading', { level: 1, name: 'Quem administra' })).toBeFocused();
  for (const [name, text] of [
    ['Seu nome', 'Carolina Sampaio'],
    ['E-mail', email],
    ['Crie uma senha', PASSWORD],
  ] as const) {
    await tabTo(name);
    await desk.keyboard.type(text);
  }
  for (const box of await desk.getByRole('checkbox').all()) {
    await box.focus();
    await desk.keyboard.press('Space');
  }
  await desk.getByLabel('Crie uma senha').focus();
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('heading', { level: 1, name: 'Confirme seu e-mail' })).toBeFocused();
  await inspect(desk);
  const tab = await context.newPage();
  await tab.goto(linkIn(await mailTo(email, /./), 'confirm-signup'));
  await expect(tab.getByRole('navigation').first()).toBeVisible();
  await expect(tab.getByRole('heading', { level: 1, name: /, Carolina$/ })).toBeVisible();
  await heading(desk, 'E-mail confirmado');
});

test('S0.37 S0.38 a tab is closed, the mail takes the signup up again elsewhere, staff approve it, and its person comes in', async ({
  page: phone,
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  const email = `rita.${STAMP}@nova.example`;
  await phone.setViewportSize(PHONE);
  const company = `Padaria Nova ${STAMP} Ltda`;
  await phone.goto(page('aurora'));
  await field(phone).fill('19131243000197');
  await expect(phone.getByText('O registro ainda não tem este CNPJ')).toBeVisible();
  // What was typed is there after a reload, and when the page is opened anew.
  await phone.reload();
  await expect(field(phone)).toHaveValue('19.131.243/0001-97');
  await signUpForReview(phone, '19131243000197', company, email);
  await inspect(phone);
  await phone.close();

  const elsewhere = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await elsewhere.goto(linkIn(await mailTo(email, /Uma pessoa confere/), '/signup/'));
  await heading(elsewhere, 'Recebemos seu cadastro');
  await expect(elsewhere.getByText(/protocolo C-\d{4}-\d{6}/)).toBeVisible();

  const owner = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await signInToConsole(owner, 'owner@aurora.example');
  await owner.getByRole('link', { name: /^Cadastros/ }).click();
  await owner.getByRole('link', { name: company }).click();
  await expect(owner.getByRole('button', { name: 'Aprovar' })).toBeVisible();
  await inspect(owner);
  await owner.getByRole('button', { name: 'Recusar' }).click();
  await expect(owner.getByRole('dialog')).toBeVisible();
  await inspect(owner);
  await owner.keyboard.press('Escape');
  await owner.getByRole('button', { name: 'Aprovar' }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Aprovar' }).click();
  await expect(owner.getByText('Esperando o e-mail').first()).toBeVisible();

  await heading(elsewhere, 'Confirme seu e-mail');
  await elsewhere.goto(linkIn(await mailTo(email, /agora é cliente/), 'confirm-signup'));
  await elsewhere.getByLabel('Crie uma senha').fill('outra frase bem longa');
  await inspect(elsewhere);
  await elsewhere.getByRole('button', { name: 'Confirmar e entrar' }).click();
  await expect(elsewhere.getByRole('heading', { level: 1, name: /, Carolina$/ })).toBeVisible();
});

test('S0.31 B.7 a person signs up by CPF where the portal takes it, under a glaring yellow', async ({
  page: phone,
}) => {
  const email = `davi.${STAMP}@pessoa.example`;
  await phone.setViewportSize(PHONE);
  await phone.goto('/o/boreal/portal/login');
  await phone.getByRole('link', { name: 'Cadastre-se' }).click();
  await phone.getByRole('radio', { name: 'Pessoa' }).check();
  await phone.getByRole('textbox', { name: 'CPF' }).fill('529.982.247-25');
  await inspect(phone);
  await phone.getByRole('button', { name: 'Continuar' }).click();
  await heading(phone, 'Seus dados');
  await fillAdministrator(phone, 'Davi Prado', email, PASSWORD);
  await inspect(phone);
  await phone.getByRole('button', { name: 'Criar cadastro' }).click();
  await heading(phone, 'Confirme seu e-mail');
  await inspect(phone);
  await phone.getByRole('button', { name: 'Desistir do cadastro' }).click();
  await phone.getByRole('button', { name: 'Desistir', exact: true }).click();
  await heading(phone, 'Você desistiu deste cadastro');
});

test('S0.32 an address without a signup says so', async ({ page: phone, expectedConsole }) => {
  expectedConsole.push(/404 \(Not Found\)/);
  await phone.goto('/o/aurora/portal/signup/nobody');
  await heading(phone, 'Este endereço não tem cadastro');
  await inspect(phone);
});

// Last, and the other four first of all: a register that fails for a fifth company with no good answer between is left alone.
test('S0.34 a register that has too much to do, or answers with a page or half of one, keeps nobody waiting', async ({
  page: phone,
}) => {
  await phone.setViewportSize(PHONE);
  await phone.goto(page('aurora'));
  await expectAnswers(phone, [
    ['90007000000106', SLOW_TODAY, inspect],
    ['90008000000120', SLOW_TODAY],
    ['90009000000145', SLOW_TODAY],
    ['90010000000165', SLOW_TODAY],
  ]);
  await phone.getByRole('button', { name: 'Preencher meus dados' }).click({ timeout: 30_000 });
  await heading(phone, 'Quem administra');
  await expect(phone.getByLabel('Razão social')).toBeVisible();
});
