import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { issueInvoice, PROOF } from '../support/invoices.js';
import { linkIn, mailTo } from '../support/mailbox.js';
import { propose } from '../support/proposals.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { fillAdministrator, openSignup } from '../support/sign-up.js';
import { addPlan, letCustomers, subscribe } from '../support/subscriptions.js';
import { expect, test } from '../support/test.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PORTAL = '/o/aurora/portal';
const RUI = `rui.${Date.now()}@padaria.example`;
const ZECA = `zeca.${Date.now()}@mercearia.example`;
const rui = { password: 'pão quente de manhã' };

/** Who sends: Ana looks after the account, Rui is her new colleague, a visitor is nobody yet. */
type People = Record<'ana' | 'rui' | 'visitor' | 'staff', Page>;

interface FormRow {
  /** The file in which the form stands. */
  file: string;
  /** The page that it is sent from, as its feature registers it. */
  route: string;
  /** Sends it once, and sees what came of it. */
  send: (people: People) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const search = (page: Page, name: string, words: string) => page.getByRole('searchbox', { name }).fill(words);

/** Every form of the portal, in an order in which each finds what it needs. */
const FORMS: FormRow[] = [
  {
    file: 'libs/ui/src/access/SignInForm.vue',
    route: 'login',
    send: async ({ ana }) => signInToPortal(ana, 'ana@padaria.example'),
  },
  {
    file: 'apps/portal/src/features/team/components/InviteDialog.vue',
    route: 'team/invitations',
    send: async ({ ana }) => {
      await ana.goto(`${PORTAL}/team/invitations`);
      await button(ana, 'Convidar').click();
      const dialog = ana.getByRole('dialog');
      await dialog.getByLabel('Nome da pessoa').fill('Rui Castro');
      await dialog.getByLabel('E-mail').fill(RUI);
      await dialog.getByLabel('Papel').selectOption({ label: 'Colaboração' });
      await dialog.getByRole('button', { name: 'Enviar convite' }).click();
      await expect(ana.getByRole('listitem').filter({ hasText: RUI })).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/team/components/InviteManyDialog.vue',
    route: 'team/invitations',
    send: async ({ ana }) => {
      const [one, other] = [`uma.${Date.now()}@padaria.example`, `outra.${Date.now()}@padaria.example`];
      await ana.goto(`${PORTAL}/team/invitations`);
      await button(ana, 'Convidar várias').click();
      const dialog = ana.getByRole('dialog');
      await dialog.getByLabel('Papel').selectOption({ label: 'Colaboração' });
      await dialog.getByLabel('Pessoas', { exact: true }).fill(`Uma Castro <${one}>\n${other}`);
      await dialog.getByRole('button', { name: 'Enviar 2 convites' }).click();
      for (const email of [one, other])
        await expect(ana.getByRole('listitem').filter({ hasText: email })).toBeVisible();
    },
  },
  {
    file: 'libs/ui/src/access/AcceptInvitationCard.vue',
    route: 'accept-invitation',
    send: async ({ rui: page }) => {
      await page.goto(linkIn(await mailTo(RUI, /convidou você/), 'accept-invitation'));
      await page.getByLabel('Crie uma senha').fill(rui.password);
      await button(page, 'Aceitar e entrar').click();
      await expect(page.getByRole('heading', { name: /, Rui$/ })).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/team/components/RoleDialog.vue',
    route: 'team',
    send: async ({ ana }) => {
      await ana.goto(`${PORTAL}/team`);
      await button(ana, 'Ações para Rui Castro').click();
      await ana.getByRole('menuitem', { name: 'Mudar papel' }).click();
      await ana.getByRole('dialog').getByLabel('Papel').selectOption({ label: 'Administração' });
      await button(ana, 'Salvar papel').click();
      const row = ana.getByRole('listitem').filter({ hasText: RUI });
      await expect(row.getByText('Administração').first()).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/tickets/views/NewTicketView.vue',
    route: 'tickets/new',
    send: async ({ rui: page }) => {
      await page.goto(`${PORTAL}/tickets/new`);
      await page.getByLabel('O que está acontecendo?').fill('O forno apita');
      await page.getByLabel('Tipo').selectOption({ label: 'Algo não funciona' });
      await page.getByLabel('Conte um pouco mais').fill('Desde cedo.');
      await button(page, 'Abrir chamado').click();
      await expect(page.getByRole('heading', { level: 1, name: 'O forno apita' })).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/tickets/components/ReplyComposer.vue',
    route: 'tickets/:id',
    send: async ({ rui: page }) => {
      await page.getByLabel('Sua resposta').fill('Agora parou');
      await button(page, 'Enviar resposta').click();
      await expect(page.getByRole('article').filter({ hasText: 'Agora parou' })).toBeVisible();
    },
  },
  {
    file: 'libs/ui/src/components/data/MessageItem.vue',
    route: 'tickets/:id',
    send: async ({ rui: page }) => {
      await button(page, 'Editar sua mensagem').click();
      await page.getByRole('textbox', { name: 'Sua mensagem' }).fill('Agora voltou');
      await button(page, 'Salvar').click();
      await expect(page.getByRole('article').filter({ hasText: 'Agora voltou' })).toBeVisible();
    },
  },
  {
    file: 'libs/ui/src/lists/SearchField.vue',
    route: 'tickets',
    send: async ({ rui: page }) => {
      await page.goto(`${PORTAL}/tickets`);
      await search(page, 'Buscar por assunto ou número', 'forno');
      await expect(page).toHaveURL(/q=forno/);
      await expect(page.getByRole('link', { name: 'O forno apita' }).first()).toBeVisible();
      await page.goto(`${PORTAL}/team`);
      await search(page, 'Buscar na equipe', 'Rui');
      await expect(page.getByText('Bruno Teles')).toBeHidden();
      await page.goto(PORTAL);
      await search(page, 'Buscar na ajuda', 'conexão');
      await expect(page).toHaveURL(/help\?q=/);
      await search(page, 'Buscar na ajuda', 'conversor');
      await expect(page.getByRole('link', { name: /conversor/i }).first()).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/settings/views/ProfileView.vue',
    route: 'settings',
    send: async ({ rui: page }) => {
      await page.goto(`${PORTAL}/settings`);
      await page.getByLabel('Nome', { exact: true }).fill('Rui de Castro');
      await button(page, 'Salvar').click();
      await expect(button(page, 'Salvar')).toBeHidden();
      await page.reload();
      await expect(page.getByLabel('Nome', { exact: true })).toHaveValue('Rui de Castro');
    },
  },
  {
    file: 'libs/ui/src/access/PasswordForm.vue',
    route: 'settings/security',
    send: async ({ rui: page, visitor }) => {
      await page.goto(`${PORTAL}/settings/security`);
      await page.getByLabel('Senha atual').fill(rui.password);
      rui.password = 'broa de milho quente';
      await page.getByLabel('Nova senha').fill(rui.password);
      await button(page, 'Mudar senha').click();
      await expect(page.getByText(/Senha mudada/)).toBeVisible();
      await enter(visitor, rui.password);
      await visitor.context().clearCookies();
    },
  },
  {
    file: 'libs/ui/src/access/ForgotPasswordCard.vue',
    route: 'forgot-password',
    send: async ({ visitor }) => {
      await visitor.goto(`${PORTAL}/forgot-password`);
      await visitor.getByLabel('E-mail').fill(RUI);
      await button(visitor, 'Enviar link').click();
      await expect(visitor.getByText(`Se ${RUI} tiver acesso`)).toBeVisible();
    },
  },
  {
    file: 'libs/ui/src/access/ResetPasswordCard.vue',
    route: 'reset-password',
    send: async ({ visitor }) => {
      await visitor.goto(linkIn(await mailTo(RUI, /^Nova senha/), 'reset-password'));
      rui.password = 'sonho de padaria fresco';
      await visitor.getByLabel('Nova senha').fill(rui.password);
      await button(visitor, 'Salvar nova senha').click();
      await expect(visitor.getByText('Senha nova salva.')).toBeVisible();
      await enter(visitor, rui.password);
      await visitor.context().clearCookies();
    },
  },
  {
    file: 'apps/portal/src/features/auth/views/VerifyEmailView.vue',
    route: 'verify-email',
    send: async ({ visitor }) => {
      await visitor.goto(`${PORTAL}/verify-email#token=spent`);
      await expect(visitor.getByRole('link', { name: 'Entrar', exact: true })).toBeVisible();
      await visitor.getByLabel('E-mail').fill(RUI);
      const answer = visitor.waitForResponse(/resend-verification/);
      await button(visitor, 'Enviar outro link').click();
      expect((await answer).ok()).toBe(true);
      await expect(visitor.getByText('um novo link chega')).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/signup/components/CorrectEmail.vue',
    route: ':id',
    send: async ({ visitor, staff }) => {
      await signInToConsole(staff, 'owner@aurora.example');
      await openSignup(staff);
      await visitor.goto(`${PORTAL}/signup/aurora`);
      await visitor.getByRole('textbox', { name: 'CNPJ' }).fill('90001000000107');
      await button(visitor, 'Continuar com esta empresa').click({ timeout: 15_000 });
      await fillAdministrator(visitor, 'Zeca Prado', `wrong.${ZECA}`, rui.password);
      await button(visitor, 'Criar cadastro').click();
      await button(visitor, 'Corrigir o e-mail').click();
      await visitor.getByRole('textbox', { name: 'E-mail' }).fill(ZECA);
      await button(visitor, 'Salvar e enviar').click();
      await expect(visitor.getByText(`Enviamos um link para ${ZECA}`)).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/signup/views/ConfirmView.vue',
    route: 'confirm-signup',
    send: async ({ visitor }) => {
      const link = linkIn(await mailTo(ZECA, /./), 'confirm-signup');
      // As in any other browser: the password is chosen there.
      await visitor.evaluate(() => localStorage.clear());
      await visitor.goto('about:blank');
      await visitor.goto(link);
      await visitor.getByLabel('Crie uma senha').fill(rui.password);
      await button(visitor, 'Confirmar e entrar').click();
      await expect(visitor.getByRole('heading', { name: /, Zeca$/ })).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/bills/views/CheckBillView.vue',
    route: 'check',
    send: async ({ visitor }) => {
      // Whoever has just signed up is signed in, and the link is for those who are not.
      await visitor.context().clearCookies();
      await visitor.goto(`${PORTAL}/login`);
      await visitor.getByRole('link', { name: 'Esta cobrança é nossa?' }).click();
      await visitor.getByLabel('Código da cobrança').fill('ABCD-EFGH');
      await button(visitor, 'Conferir').click();
      await expect(visitor.getByText('Não conhecemos esta cobrança')).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/bills/views/SecondCopyView.vue',
    route: 'second-copy',
    send: async ({ visitor }) => {
      await visitor.goto(`${PORTAL}/login`);
      await visitor.getByRole('link', { name: 'Receba a segunda via sem senha' }).click();
      await visitor.getByLabel('CPF ou CNPJ').fill('39053344705');
      await button(visitor, 'Enviar aos e-mails do cadastro').click();
      await expect(visitor.getByText('Pedido recebido')).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/invoices/components/ProofDialog.vue',
    route: 'invoices/:id',
    send: async ({ ana }) => {
      await ana.goto(`${PORTAL}/invoices`);
      await ana.locator('main a[href*="/invoices/"]').first().click();
      await button(ana, 'Já paguei').click();
      const dialog = ana.getByRole('dialog');
      await dialog.locator('input[type=file]').last().setInputFiles(PROOF);
      await expect(dialog.getByText(/enviado/)).toBeVisible();
      await button(ana, 'Enviar comprovante').click();
      await expect(ana.getByText('Comprovante enviado. Avisamos quando conferir.')).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/invoices/components/DisputeDialog.vue',
    route: 'invoices/:id',
    send: async ({ ana }) => {
      await button(ana, 'Há algo errado nesta cobrança').click();
      await ana.getByRole('dialog').getByLabel('Por quê').fill('A instalação foi cobrada duas vezes');
      await button(ana, 'Abrir contestação').click();
      await expect(ana.getByText(/Chamado \S+ aberto\./)).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/proposals/components/SignSheet.vue',
    route: 'proposals/:id',
    send: async ({ ana, staff }) => {
      const id = await propose(staff, 'Câmeras na loja');
      await ana.goto(`${PORTAL}/proposals/${id}`);
      await button(ana, 'Aceitar e assinar').click();
      const sheet = ana.getByRole('dialog', { name: 'Aceitar e assinar' });
      await sheet.getByText('Digitar', { exact: true }).click();
      await sheet.getByLabel('Seu nome completo').fill('Ana Cristina Ribeiro');
      await sheet.getByRole('checkbox').check();
      await sheet.getByRole('button', { name: 'Assinar e aceitar' }).click();
      await expect(ana.getByText('Aceita por Ana Cristina Ribeiro')).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/features/proposals/components/RejectDialog.vue',
    route: 'proposals/:id',
    send: async ({ ana, staff }) => {
      const id = await propose(staff, 'Câmeras no depósito');
      await ana.goto(`${PORTAL}/proposals/${id}`);
      await button(ana, 'Recusar').click();
      const dialog = ana.getByRole('dialog', { name: 'Recusar a proposta' });
      await dialog.getByLabel('O preço').check();
      await dialog.getByRole('button', { name: 'Recusar proposta' }).click();
      await expect(ana.getByText(/^Recusada por/)).toBeVisible();
    },
  },
  {
    file: 'apps/portal/src/pay/PayCost.vue',
    route: 'invoices/:id',
    send: async ({ ana, staff }) => {
      const id = await issueInvoice(staff, 'Visita em parte', { allowsPartial: true });
      await ana.goto(`${PORTAL}/invoices/${id}`);
      await ana.getByRole('button', { name: /^Pagar R\$/ }).click();
      const sheet = ana.getByRole('dialog', { name: 'Pagar fatura' });
      await sheet.getByRole('button', { name: 'Pagar só uma parte' }).click();
      await sheet.getByLabel('Quanto pagar agora').fill('50,00');
      await sheet.getByRole('button', { name: 'Usar este valor' }).click();
      await expect(sheet.getByTestId('to-pay')).toHaveText(/50,00/);
      await expect(sheet.getByRole('link', { name: 'Simular o banco' })).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    file: 'apps/portal/src/features/payments/views/SandboxBankView.vue',
    route: 'sandbox-bank/:gatewayId',
    send: async ({ ana }) => {
      const opened = ana.context().waitForEvent('page');
      await ana.getByRole('link', { name: 'Simular o banco' }).click();
      const bank = await opened;
      await bank.getByLabel('Quanto o pagador paga').fill('49,00');
      await bank.getByRole('button', { name: 'Pagar este valor' }).click();
      await expect(bank.getByText('Feito. O aviso do banco está a caminho.')).toBeVisible();
      await bank.close();
      await expect(ana.getByText('Pagamento recebido')).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    file: 'apps/portal/src/features/payment-methods/views/SandboxCardView.vue',
    route: 'sandbox-bank/cards/:gatewayId',
    send: async ({ ana }) => {
      await ana.goto(`${PORTAL}/payment-methods`);
      await button(ana, 'Adicionar cartão').click();
      await ana.getByLabel('Cartão de teste').selectOption({ label: 'Mastercard 0341: recusado quando for cobrado' });
      await button(ana, 'Salvar cartão').click();
      await expect(ana.getByTestId('setup-status')).toHaveText('Cartão salvo');
      await ana.getByRole('link', { name: 'Voltar ao portal' }).click();
      await expect(ana.getByTestId('cards')).toContainText('Mastercard •••• 0341', { timeout: 30_000 });
    },
  },
  {
    file: 'apps/portal/src/features/payment-methods/components/ReplaceCardDialog.vue',
    route: 'payment-methods',
    send: async ({ ana }) => {
      await ana.getByRole('button', { name: 'Ações do cartão Mastercard •••• 0341' }).click();
      await ana.getByRole('menuitem', { name: 'Tornar principal' }).click();
      await button(ana, 'Tornar principal').click();
      await expect(ana.getByTestId('cards').getByRole('listitem').first()).toContainText('Mastercard •••• 0341');
      await ana.getByRole('button', { name: 'Ações do cartão Mastercard •••• 0341' }).click();
      await ana.getByRole('menuitem', { name: 'Remover' }).click();
      await ana.getByRole('dialog').getByRole('button', { name: 'Remover cartão' }).click();
      await expect(ana.getByTestId('cards')).not.toContainText('Mastercard •••• 0341');
    },
  },
  {
    file: 'apps/portal/src/features/subscriptions/components/PauseSheet.vue',
    route: 'subscriptions/:id',
    send: async ({ ana, staff }) => {
      await letCustomers(staff, { pause: true });
      const name = `Móvel ${Date.now()}`;
      const id = await subscribe(staff, await addPlan(staff, { name, family: name, unitAmount: 6_990 }));
      await ana.goto(`${PORTAL}/subscriptions/${id}`);
      await button(ana, 'Pausar').click();
      const sheet = ana.getByRole('dialog', { name: 'Pausar a assinatura' });
      await expect(sheet.getByText('Economia')).toBeVisible();
      await sheet.getByRole('button', { name: /^Pausar de/ }).click();
      await expect(ana.getByText(/^Pausa marcada de .+ a /).first()).toBeVisible();
      await button(ana, 'Desfazer pausa').click();
      await expect(button(ana, 'Pausar')).toBeVisible();
      await letCustomers(staff, { pause: false });
    },
  },
  {
    file: 'apps/portal/src/features/subscriptions/components/CancelSheet.vue',
    route: 'subscriptions/:id',
    send: async ({ ana }) => {
      await button(ana, 'Cancelar assinatura').click();
      const sheet = ana.getByRole('dialog');
      await sheet.getByText('Vou mudar ou fechar').click();
      await sheet.getByLabel('Quer dizer mais?').fill('A loja 2 fecha');
      await sheet.getByRole('button', { name: /^Cancelar em/ }).click();
      await expect(button(ana, 'Desfazer cancelamento')).toBeVisible();
    },
  },
];

/** Pages on which nothing is sent; some have a search, which others try. */
const WITHOUT = [
  '',
  'invoices',
  'fiscal-notes',
  'pay',
  'payments/:id',
  'payments/:id/receipt',
  'proposals',
  'proposal',
  'proposal-check',
  'transactions',
  'statement',
  'subscriptions',
  'help',
  'help/:slug',
  ':slug',
  'signup/:slug',
  'administrator',
];

async function enter(page: Page, password: string): Promise<void> {
  await page.goto(`${PORTAL}/login`);
  await page.getByLabel('E-mail').fill(RUI);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await button(page, 'Entrar').click();
  await expect(page.getByRole('heading', { name: /, Rui$/ })).toBeVisible();
}

const sources = (folder: string) =>
  readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`);
const read = (path: string) => readFileSync(ROOT + path, 'utf8');

test('the table below knows every form and every page of the portal', () => {
  // What a dialog of a record asks stands where it is used.
  const forms = [...sources('apps/portal/src'), ...sources('libs/ui/src')]
    .filter(
      (path) => path.endsWith('.vue') && !path.includes('/forms/Record') && /<form|<RecordDialog/.test(read(path)),
    )
    .sort();
  expect(FORMS.map(({ file }) => file).sort()).toEqual(forms);

  const routes = sources('apps/portal/src/features')
    .filter((path) => path.endsWith('/feature.ts'))
    .flatMap((path) => [...read(path).matchAll(/(?:\bpath: |\bpage\(\s*)'([^']*)'/g)].map(([, route]) => route!));
  // Pages of those without a session are the same in both applications.
  const doors = [...read('libs/ui/src/access/pages.ts').matchAll(/\bdoor\('([^']+)'/g)].map(([, route]) => route!);
  expect(doors).toHaveLength(4);
  const known = [...FORMS.map(({ route }) => route), ...WITHOUT];
  expect([...new Set([...routes, ...doors])].sort()).toEqual([...new Set(known)].sort());
});

test('S0.19–30, S3.13, S4.9: every form of the portal is sent, and does what it says', async ({
  page,
  browser,
  baseURL,
  expectedConsole,
}) => {
  test.setTimeout(180_000);
  // The spent link answers 400, and what is asked as the session ends 401, which the browser reports.
  expectedConsole.push(/400 \(Bad Request\)/, /401 \(Unauthorized\)/);
  const another = async () => (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  const people: People = { ana: page, rui: await another(), visitor: await another(), staff: await another() };
  for (const { file, send } of FORMS) await test.step(file.split('/').at(-1)!, () => send(people));
});
