import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { issueInvoice, PROOF } from '../support/invoices.js';
import { linkIn, mailTo } from '../support/mailbox.js';
import { sendProposal, writeProposal } from '../support/proposals.js';
import { signInToConsole, signInToOps, signInToPortal } from '../support/sign-in.js';
import { openSignup, signUpForReview } from '../support/sign-up.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** Every form of the console and of the operators' pages is sent once, and its effect is seen. */

const ROOT = join(import.meta.dirname, '../../..');
const stamp = Date.now();
const NEW_PASSWORD = 'café coado na hora';

interface Visit {
  page: Page;
  browser: Browser;
  baseURL: string;
}

/** Presses the button, and waits until nothing is left to save: what follows may leave the page. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.click();
  await expect(button).toBeHidden();
}
/** Changes a name, sees it after a reload, and gives it back: other tests know these people. */
async function rename(page: Page, from: string, to: string): Promise<void> {
  for (const name of [to, from]) {
    await page.getByLabel('Nome', { exact: true }).fill(name);
    await save(page);
    await page.reload();
    await expect(page.getByLabel('Nome', { exact: true })).toHaveValue(name);
  }
}
const save = (page: Page) => press(page, 'Salvar');
const publish = (page: Page) => press(page, 'Publicar');
const stranger = async ({ browser, baseURL }: Visit) =>
  (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();

async function chooseCustomer(page: Page, name: string): Promise<void> {
  await page.getByLabel('Cliente', { exact: true }).fill(name);
  await page.getByRole('option', { name }).click();
}

async function inviteColleague(page: Page, name: string, email: string): Promise<void> {
  await page.goto('/console/team/new');
  await page.getByLabel('Nome').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Enviar convite' }).click();
  await expect(page.getByRole('row', { name: new RegExp(email) })).toBeVisible();
}

async function accept(visit: Visit, email: string): Promise<Page> {
  const page = await stranger(visit);
  await page.goto(linkIn(await mailTo(email, /./), 'accept-invitation'));
  await page.getByLabel('Crie uma senha').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Aceitar e entrar' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  return page;
}

async function openTicket(page: Page): Promise<void> {
  await page.goto('/console/inbox?view=all');
  await page
    .getByRole('link', { name: /Internet cai/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /Internet cai/ })).toBeVisible();
}

/** A customer shows that an invoice is paid, one that nobody else looks at, and staff look at what they sent. */
async function lookAtProof(visit: Visit): Promise<void> {
  const invoiceId = await issueInvoice(visit.page, 'Visita comprovada');
  const customer = await stranger(visit);
  await signInToPortal(customer, 'ana@padaria.example');
  await customer.goto(`/o/aurora/portal/invoices/${invoiceId}`);
  await customer.getByRole('button', { name: 'Já paguei', exact: true }).click();
  const dialog = customer.getByRole('dialog');
  await dialog.locator('input[type=file]').last().setInputFiles(PROOF);
  await expect(dialog.getByText(/enviado/)).toBeVisible();
  await customer.getByRole('button', { name: 'Enviar comprovante', exact: true }).click();
  await expect(customer.getByText('Comprovante enviado. Avisamos quando conferir.')).toBeVisible();
  const { page } = visit;
  await page.goto('/console/billing/proofs');
  await page.locator('main a[href*="/billing/proofs/"]').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The invoice that was opened last. */
let openedInvoice = '';
async function openInvoice(page: Page, title: string): Promise<void> {
  await page.goto('/console/billing/invoices/new');
  await chooseCustomer(page, 'Padaria Estrela');
  await page.getByLabel('Título', { exact: true }).fill(title);
  await page.getByLabel('Item, linha 1').fill('Visita técnica');
  await page.getByLabel('Preço, linha 1').fill('120,00');
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await page.getByRole('button', { name: 'Enviar fatura' }).click();
  await expect(page.getByRole('button', { name: 'Registrar recebimento' })).toBeVisible();
  openedInvoice = new URL(page.url()).pathname;
}
/** What the menu of that invoice leads to. */
async function invoiceDeed(page: Page, name: string): Promise<void> {
  await page.goto(openedInvoice);
  await page.getByRole('button', { name: /^Ações de/ }).click();
  await page.getByRole('menuitem', { name }).click();
}
async function sendDialog(page: Page): Promise<void> {
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** A plan that is made here, and the page of a subscription that has it. */
const PLAN = `Móvel ${stamp}`;
let subscribed = '';
/** What the choice of a plan says, with its price, once it is there to be chosen. */
async function optionOf(page: Page, plan: string): Promise<string> {
  const options = page
    .getByLabel('Plano e preço')
    .first()
    .locator('option')
    .filter({ hasText: `${plan}:` });
  return ((await options.first().textContent()) ?? '').trim();
}
/** What the menu of that subscription leads to. */
async function subscriptionDeed(page: Page, name: string): Promise<void> {
  await page.goto(subscribed);
  await page.getByRole('button', { name: /^Ações de/ }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** What the menu of the money leads to that came last and that nobody knows. */
async function strayDeed(page: Page, name: string): Promise<void> {
  await page.goto('/console/billing/stray-payments');
  await page
    .getByRole('button', { name: /^Ações de/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name }).click();
}

/** A second portal of the organization. */
const BRANCH = `Filial ${stamp}`;
/** Opens one part of its settings. */
async function openBranch(page: Page, section: string): Promise<void> {
  await page.goto('/console/portals');
  await page.getByRole('link', { name: BRANCH }).click();
  await expect(page).toHaveURL(/portal=/);
  await page.goto(`/console/portal/${section}${new URL(page.url()).search}`);
}

/** What sends each form, by the source that holds it. */
const STAFF: Record<string, (visit: Visit) => Promise<void>> = {
  'features/customers/components/AccountForm': async ({ page }) => {
    await page.goto('/console/customers/new');
    await page.getByLabel('Nome', { exact: true }).fill(`Doceria ${stamp}`);
    await page.getByRole('button', { name: 'Cadastrar cliente' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Doceria ${stamp}` })).toBeVisible();
    await page.getByLabel('Telefone').fill('11 4000-1000');
    await save(page);
    await page.reload();
    await expect(page.getByLabel('Telefone')).toHaveValue('(11) 4000-1000');
  },
  'features/billing/components/InvoiceEditor': async ({ page }) => {
    await openInvoice(page, `Avulsa ${stamp}`);
  },
  'features/billing/components/DueDateDialog': async ({ page }) => {
    await invoiceDeed(page, 'Mudar vencimento');
    await page.getByLabel('Novo vencimento').fill('2030-01-02');
    await sendDialog(page);
    await expect(page.getByText('vence em 02/01/2030').first()).toBeVisible();
  },
  'features/billing/components/CreditDialog': async ({ page }) => {
    await invoiceDeed(page, 'Nota de crédito');
    await page.getByLabel('Valor, em BRL').fill('10,00');
    await page.getByLabel('Motivo').fill('Um dia sem sinal');
    await sendDialog(page);
    await expect(page.getByText(/Nota de crédito, NC-/)).toBeVisible();
  },
  'features/billing/components/FiscalNoteDialog': async ({ page }) => {
    await page.goto(openedInvoice);
    await page.getByRole('button', { name: 'Ligar', exact: true }).click();
    await page.getByLabel('Número', { exact: true }).fill('18442');
    await sendDialog(page);
    await expect(page.getByText('NFS-e 18442', { exact: true })).toBeVisible();
  },
  'features/billing/components/DepositDialog': async ({ page }) => {
    await page.goto(openedInvoice);
    await page.getByRole('button', { name: 'Registrar recebimento' }).click();
    await page.getByLabel('Valor, em BRL').fill('20,00');
    await sendDialog(page);
    await expect(page.getByText('Recebimento, PIX')).toBeVisible();
  },
  'features/billing/components/WriteOffDialog': async ({ page }) => {
    await invoiceDeed(page, 'Dar baixa por perda');
    await page.getByLabel('Motivo').fill('Incobrável');
    await sendDialog(page);
    await expect(page.getByText('Baixada por perda', { exact: true }).first()).toBeVisible();
  },
  'features/billing/components/TakeBackDialog': async ({ page }) => {
    await openInvoice(page, `Baixada ${stamp}`);
    await invoiceDeed(page, 'Dar baixa por perda');
    await page.getByLabel('Motivo').fill('Engano');
    await sendDialog(page);
    await page.getByRole('button', { name: 'Desfazer a baixa' }).click();
    await page.getByLabel('Motivo').fill('O cliente vai pagar');
    await sendDialog(page);
    await expect(page.getByText(/Baixa desfeita: /).first()).toBeVisible();
  },
  'features/billing/components/VoidDialog': async ({ page }) => {
    await openInvoice(page, `Em dobro ${stamp}`);
    await invoiceDeed(page, 'Anular fatura');
    await page.getByLabel('Motivo').fill('Emitida em dobro');
    await sendDialog(page);
    await expect(page.getByText('Esta fatura foi anulada')).toBeVisible();
  },
  'features/billing/components/SettingsForm': async ({ page }) => {
    await page.goto('/console/billing/settings');
    await page.getByLabel('Inscrição municipal').fill('765.432-1');
    await save(page);
    await page.reload();
    await expect(page.getByLabel('Inscrição municipal')).toHaveValue('765.432-1');
  },
  'features/billing/components/EntriesDialog': async ({ page }) => {
    await page.goto('/console/billing');
    await page.getByRole('button', { name: 'Para a contabilidade' }).click();
    const file = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Exportar CSV' }).click();
    expect((await file).suggestedFilename()).toMatch(/^lancamentos-\d{4}-\d\d-01-.+\.csv$/);
  },
  'features/billing/components/ProposalEditor': async ({ page }) => {
    await writeProposal(page, `Fibra 1 Giga ${stamp}`);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Fibra 1 Giga ${stamp}` })).toBeVisible();
    await sendProposal(page);
  },
  'features/billing/components/WithdrawDialog': async ({ page }) => {
    await page.getByRole('button', { name: /^Ações de/ }).click();
    await page.getByRole('menuitem', { name: 'Retirar proposta' }).click();
    await page.getByLabel('Motivo').fill('O preço mudou.');
    await sendDialog(page);
    await expect(page.getByText('O preço mudou.')).toBeVisible();
  },
  'features/billing/components/AcceptProofDialog': async (visit) => {
    await lookAtProof(visit);
    const { page } = visit;
    await page.getByRole('button', { name: 'Aceitar', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Registrar', exact: true }).click();
    await expect(page.getByText(/^Aceito por/)).toBeVisible();
  },
  'features/billing/components/RefuseProofDialog': async (visit) => {
    await lookAtProof(visit);
    const { page } = visit;
    await page.getByRole('button', { name: 'Recusar', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Motivo').fill('O comprovante é de outra conta');
    await dialog.getByRole('button', { name: 'Recusar', exact: true }).click();
    await expect(page.getByText(/^Recusado por/)).toBeVisible();
  },
  'features/subscriptions/components/PlanDialog': async ({ page }) => {
    await page.goto('/console/billing/plans');
    await page.getByRole('button', { name: 'Novo plano' }).click();
    await page.getByLabel('Nome', { exact: true }).fill(PLAN);
    await page.getByLabel('Família').fill('Aurora Móvel');
    await sendDialog(page);
    await expect(page.getByRole('heading', { level: 1, name: PLAN })).toBeVisible();
  },
  'features/subscriptions/components/PriceDialog': async ({ page }) => {
    await page.getByRole('button', { name: 'Novo preço' }).click();
    await page.getByLabel('Valor, em BRL').fill('149,90');
    await sendDialog(page);
    await expect(page.getByText(/^R\$\s149,90, por mês$/)).toBeVisible();
    await expectAccessible(page);
  },
  'features/subscriptions/components/PlanForm': async ({ page }) => {
    await page.getByLabel('Descrição').fill('200 GB por mês');
    await save(page);
    await page.reload();
    await expect(page.getByLabel('Descrição')).toHaveValue('200 GB por mês');
  },
  'features/subscriptions/components/SettingsForm': async ({ page }) => {
    await page.goto('/console/billing/subscription-settings');
    const periods = page.getByLabel('Por quantas cobranças');
    for (const count of ['4', '3']) {
      await periods.fill(count);
      await save(page);
      await page.reload();
      await expect(periods).toHaveValue(count);
    }
  },
  'features/subscriptions/views/NewSubscriptionView': async ({ page }) => {
    await page.goto('/console/billing/subscriptions/new');
    await chooseCustomer(page, 'Oficina Central');
    const price = page.getByLabel('Plano e preço');
    await price.first().selectOption({ label: await optionOf(page, PLAN) });
    await page.getByRole('button', { name: 'Mais um item' }).click();
    await price.last().selectOption({ label: await optionOf(page, 'Minutos') });
    await expect(page.getByText('Primeira fatura', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Criar assinatura' }).click();
    await expect(page.getByRole('heading', { level: 1, name: PLAN })).toBeVisible();
    subscribed = new URL(page.url()).pathname;
  },
  'features/subscriptions/components/UsageDialog': async ({ page }) => {
    await page.goto(subscribed);
    await page.getByRole('button', { name: 'Registrar', exact: true }).click();
    await page.getByLabel('Quanto').fill('12,5');
    await page.getByLabel('Chave').fill(`central/${stamp}`);
    await sendDialog(page);
    await expect(page.getByText(`central/${stamp}`)).toBeVisible();
  },
  'features/subscriptions/components/CreditDialog': async ({ page }) => {
    await subscriptionDeed(page, 'Dar crédito');
    await page.getByLabel('Valor, em BRL').fill('10,00');
    await page.getByLabel('Motivo').fill('Um dia sem sinal');
    await sendDialog(page);
    await expect(page.getByText(/^Crédito de R\$\s10,00/).first()).toBeVisible();
  },
  'features/subscriptions/components/UpdateDialog': async ({ page }) => {
    await subscriptionDeed(page, 'Ajustar a cobrança');
    await page.getByLabel('Dias até vencer').fill('12');
    await sendDialog(page);
    await expect(page.getByText('12 dias depois da emissão')).toBeVisible();
  },
  'features/subscriptions/components/ChangeForm': async ({ page }) => {
    await page.goto(subscribed);
    await page.getByRole('button', { name: 'Mudar', exact: true }).click();
    await page
      .getByLabel('Plano e preço')
      .first()
      .selectOption({ label: await optionOf(page, 'Móvel 20 GB') });
    await page.getByText(/^Em \d{2}\/\d{2}\/\d{4}$/).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Mudar em/ }).click();
    await expect(page.getByText(/^Muda para Móvel 20 GB em/)).toBeVisible();
    await page.getByRole('button', { name: 'Desfazer mudança' }).click();
    await expect(page.getByText(/^Muda para Móvel 20 GB em/)).toBeHidden();
  },
  'features/subscriptions/components/PauseDialog': async ({ page }) => {
    await subscriptionDeed(page, 'Pausar');
    await sendDialog(page);
    await expect(page.getByText(/^Pausa marcada a partir de/)).toBeVisible();
    await page.getByRole('button', { name: 'Desfazer pausa' }).click();
    await expect(page.getByText(/^Pausa marcada a partir de/)).toBeHidden();
  },
  'features/subscriptions/components/CancelDialog': async ({ page }) => {
    await subscriptionDeed(page, 'Cancelar');
    await page.getByLabel('Motivo').selectOption({ label: 'Muda ou fecha' });
    await sendDialog(page);
    await expect(page.getByText(/^Cancelamento marcado para/).first()).toBeVisible();
  },
  'features/payments/components/RefundDialog': async ({ page }) => {
    await page.goto('/console/billing/payments?state=succeeded&method=pix');
    await page.locator('table a').first().click();
    await page.getByRole('button', { name: 'Estornar', exact: true }).click();
    await page.getByLabel('Valor, em BRL').fill('1,00');
    await page.getByLabel('Motivo').fill(`Um dia sem sinal ${stamp}`);
    await sendDialog(page);
    await expect(page.getByText(`Um dia sem sinal ${stamp}`)).toBeVisible();
    // By itself, as the pretended bank answers.
    await expect(page.getByText('Devolvido', { exact: true })).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page);
  },
  'features/payments/components/AssignDialog': async ({ page }) => {
    // To somebody whose invoices nobody else looks at: money pays what is due first.
    await strayDeed(page, 'Dizer de quem é');
    // The menu that led here takes the focus back for a moment, which closes the list of customers.
    await expect(async () => {
      await page.getByLabel('Cliente', { exact: true }).fill('Papelaria');
      await page.getByRole('option', { name: 'Papelaria Dois Irmãos' }).click({ timeout: 3_000 });
    }).toPass();
    await sendDialog(page);
    await page.getByRole('link', { name: 'Com dono', exact: true }).click();
    await expect(page.getByRole('cell', { name: 'Papelaria Dois Irmãos' })).toBeVisible();
  },
  'features/payments/components/DismissDialog': async ({ page }) => {
    await strayDeed(page, 'Não é de nenhum cliente');
    await page.getByLabel('Motivo').fill(`Teste da conta ${stamp}`);
    await sendDialog(page);
    await page.getByRole('link', { name: 'De nenhum cliente', exact: true }).click();
    await expect(page.getByRole('cell', { name: `Teste da conta ${stamp}` }).first()).toBeVisible();
  },
  'features/payments/components/GatewayDialog': async ({ page }) => {
    await page.goto('/console/billing/gateways');
    for (const [from, to] of [
      ['Banco de teste', `Banco ${stamp}`],
      [`Banco ${stamp}`, 'Banco de teste'],
    ] as const) {
      await page.getByRole('button', { name: `Mudar ${from}` }).click();
      await page.getByRole('dialog').getByLabel('Nome', { exact: true }).fill(to);
      await sendDialog(page);
      await page.reload();
      await expect(page.getByRole('heading', { level: 2, name: to })).toBeVisible();
    }
  },
  'components/ImportCheck': async ({ page }) => {
    await page.goto('/console/customers/import');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Escolher arquivo CSV' }).click();
    const buffer = Buffer.from('nome;código\nMercearia do Arquivo;do-arquivo\n');
    await (await chooser).setFiles({ name: 'clientes.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Importar 1 linha' }).click();
    await expect(page.getByText('Pronto.')).toBeVisible({ timeout: 30_000 });
  },
  'features/clock/views/ClockView': async (visit) => {
    const page = await stranger(visit);
    await signInToConsole(page, 'owner@cometa.example');
    await page.goto('/console/clock');
    const until = page.getByLabel('Data e hora');
    const tomorrow = new Date(Date.parse(`${(await until.getAttribute('min'))!.slice(0, 16)}Z`) + 86_400_000);
    await until.fill(tomorrow.toISOString().slice(0, 16));
    await page.getByRole('button', { name: 'Avançar', exact: true }).click();
    await page.getByRole('button', { name: 'Avançar o relógio' }).click();
    await expect(until).toHaveAttribute('min', new RegExp(tomorrow.toISOString().slice(0, 10)), { timeout: 30_000 });
    await page.context().close();
  },
  'features/customers/components/UserForm': async ({ page }) => {
    await page.goto('/console/users?q=carla');
    await page.getByRole('link', { name: /Carla/ }).click();
    await rename(page, 'Carla Moura', 'Carla Moura Lima');
  },
  'features/invitations/components/InvitationForm': async ({ page }) => {
    const email = `uma.${stamp}@padaria.example`;
    await page.goto('/console/invitations/new');
    await chooseCustomer(page, 'Padaria Estrela');
    await page.getByLabel('Nome da pessoa').fill('Uma Pessoa');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Enviar convite' }).click();
    await expect(page.getByRole('row', { name: new RegExp(email) })).toBeVisible();
    await mailTo(email, /./);
  },
  'features/invitations/views/NewInvitationsView': async ({ page }) => {
    // A file as Excel saves it in Brazil: semicolons, Windows' own encoding, a heading, empty columns at the left.
    const [ana, ivo] = [`ana.${stamp}@padaria.example`, `ivo.${stamp}@padaria.example`];
    const text = `;;Nome completo;E-mail do cliente\r\n;;“Lima”, Ana;${ana}\r\n;;Ivo D’Ávila €;${ivo}\r\n`;
    const windows: Record<string, number> = { '“': 0x93, '”': 0x94, '’': 0x92, '€': 0x80 };
    const buffer = Buffer.from(Array.from(text, (sign) => windows[sign] ?? sign.charCodeAt(0)));
    await page.goto('/console/invitations/many');
    await chooseCustomer(page, 'Padaria Estrela');
    // On a phone, where what is wrong with a line leaves its name readable.
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('Lista', { exact: true }).fill('Ivo Sales;ivo@');
    await expect(page.getByText('O e-mail está incompleto')).toBeVisible();
    expect((await page.getByText('Ivo Sales', { exact: true }).boundingBox())!.height).toBeLessThan(30);
    await page.setViewportSize(size);
    await page.locator('input[type=file]').setInputFiles({ name: 'pessoas.csv', mimeType: 'text/csv', buffer });
    await expect(page.getByText('“Lima”, Ana')).toBeVisible();
    await expect(page.getByText('Ivo D’Ávila €')).toBeVisible();
    await expect(page.getByText('Pronto', { exact: true })).toHaveCount(2);
    const answer = page.waitForResponse((response) => response.url().endsWith('/invitation-imports'));
    await page.getByRole('button', { name: 'Enviar 2 convites' }).click();
    expect((await answer).status()).toBe(201);
    await expect(page).toHaveURL(/\/console\/invitations\/lists\//);
    // By itself, as the worker comes to the end.
    await expect(page.getByText('Pronto: 2 convidados.')).toBeVisible();
    await page.getByRole('link', { name: 'Convites' }).first().click();
    for (const email of [ana, ivo]) {
      await expect(page.getByRole('row', { name: new RegExp(email) })).toBeVisible();
      await mailTo(email, /./);
    }
  },
  'features/articles/components/CategoryDialog': async ({ page }) => {
    await page.goto('/console/articles/categories');
    await page.getByRole('button', { name: 'Criar categoria' }).click();
    await page.getByLabel('Nome em português').fill(`Redes ${stamp}`);
    await page.getByLabel('Nome em inglês').fill(`Networks ${stamp}`);
    await save(page);
    await expect(page.getByText(`Redes ${stamp}`)).toBeVisible();
  },
  'features/articles/components/ArticleForm': async ({ page }) => {
    await page.goto('/console/articles/new');
    await page.getByLabel('Título').fill(`Como medir ${stamp}`);
    await page.getByLabel('Texto', { exact: true }).fill('Use **cabo**.');
    await save(page);
    await expect(page).toHaveURL(/\/console\/articles\/[0-9a-f-]{36}$/);
    await page.reload();
    await expect(page.getByLabel('Título')).toHaveValue(`Como medir ${stamp}`);
    // Its other language, beside it, with what it shares.
    await expect(page.getByLabel('Idioma', { exact: true })).toBeDisabled();
    await page.getByRole('link', { name: 'Escrever em inglês' }).click();
    await page.getByLabel('Título').fill(`How to measure ${stamp}`);
    await page.getByLabel('Texto', { exact: true }).fill('Use a **cable**.');
    await save(page);
    const languages = page.getByRole('navigation', { name: 'Idiomas do artigo' });
    await expect(languages.getByRole('link', { name: 'English' })).toHaveAttribute('aria-current', 'page');
    await languages.getByRole('link', { name: 'Português' }).click();
    await expect(page.getByLabel('Título')).toHaveValue(`Como medir ${stamp}`);
    // One row, found by either.
    await page.goto(`/console/articles?q=measure ${stamp}`);
    const row = page.getByRole('row', { name: new RegExp(`How to measure ${stamp}`) });
    await expect(row.getByRole('link', { name: 'Português' })).toBeVisible();
    await page.goto('/console/articles');
    await expect(page.getByRole('row', { name: new RegExp(`${stamp}`) })).toHaveCount(1);
  },
  'features/inbox/components/ReplyBox': async ({ page }) => {
    await openTicket(page);
    await page.getByRole('textbox', { name: /Resposta para/ }).fill(`Vamos aí. ${stamp}`);
    await page.getByRole('button', { name: 'Enviar' }).click();
    await expect(page.getByLabel('Mensagens').getByText(`Vamos aí. ${stamp}`)).toBeVisible();
  },
  'ui/components/data/MessageItem': async ({ page }) => {
    await openTicket(page);
    await page.getByRole('button', { name: 'Nota interna' }).click();
    await page.getByRole('textbox', { name: 'Nota interna' }).fill(`Nota ${stamp}`);
    await page.getByRole('button', { name: 'Salvar nota' }).click();
    await expect(page.getByLabel('Mensagens').getByText(`Nota ${stamp}`)).toBeVisible();
    await page.getByRole('button', { name: 'Editar sua nota' }).last().click();
    const form = page.getByRole('form', { name: 'Editar sua nota' });
    await form.getByRole('textbox').fill(`Nota mudada ${stamp}`);
    await form.getByRole('button', { name: 'Salvar' }).click();
    await expect(form).toBeHidden();
    await page.reload();
    await expect(page.getByLabel('Mensagens').getByText(`Nota mudada ${stamp}`)).toBeVisible();
  },
  'features/inbox/components/ExternalTicketDialog': async ({ page }) => {
    await openTicket(page);
    await page.getByRole('button', { name: 'Editar o chamado externo' }).click();
    await page.getByLabel('Número').fill(`JIRA-${stamp}`);
    await save(page);
    await expect(page.getByText(`JIRA-${stamp}`).first()).toBeVisible();
  },
  'features/portal/components/FormShell': async ({ page }) => {
    await page.goto('/console/portal/security');
    await page.getByLabel('Duração da sessão').fill('29');
    await publish(page);
    await page.reload();
    await expect(page.getByLabel('Duração da sessão')).toHaveValue('29');
    await page.goto('/console/portal/style');
    await page.getByRole('textbox').fill(`.card { border-radius: 4px } /* ${stamp} */`);
    await publish(page);
    await page.reload();
    await expect(page.getByRole('textbox')).toHaveValue(new RegExp(String(stamp)));
    await page.getByRole('textbox').fill('');
    await publish(page);
    await page.goto('/console/portal/invitations');
    await page.getByRole('textbox').fill('padaria.example');
    await publish(page);
    await page.reload();
    await expect(page.getByRole('textbox')).toHaveValue('padaria.example');
    await page.getByRole('textbox').fill('');
    await publish(page);
    await page.goto('/console/portal');
    await page.getByLabel('Telefone').fill('0800 765 1000');
    await page.getByLabel('Texto do rodapé (English)').fill('Aurora Telecom, Brazil');
    const icon = page.getByRole('img', { name: 'Ícone' });
    const before = await icon.getAttribute('src');
    await page.locator('input[data-picture="faviconUrl"]').setInputFiles({
      name: 'icon.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'),
    });
    // The demo's own icon is a drawing, too: what was chosen is there when another one is.
    await expect(icon).not.toHaveAttribute('src', before!);
    const brought = await icon.getAttribute('src');
    expect(brought).toMatch(/^\/pictures\/.*\.svg$/);
    await publish(page);
    await page.reload();
    await expect(page.getByLabel('Telefone')).toHaveValue('0800 765 1000');
    await expect(page.getByLabel('Texto do rodapé (English)')).toHaveValue('Aurora Telecom, Brazil');
    await expect(icon).toHaveAttribute('src', brought!);
  },
  'features/portal/views/NewPortalView': async ({ page }) => {
    await page.goto('/console/portals/new');
    await page.getByLabel('Nome', { exact: true }).fill(BRANCH);
    await expect(page.getByLabel('Nome no endereço')).toHaveValue(`filial-${stamp}`);
    await page.getByRole('button', { name: 'Criar portal' }).click();
    await expect(page).toHaveURL(/\/console\/portal\?portal=/);
    await page.goto('/console/portals');
    await expect(page.getByRole('row', { name: new RegExp(BRANCH) })).toBeVisible();
    // Its signup page has a name of its own, published with what the page asks for.
    await openBranch(page, 'signup');
    await page.getByLabel('Nome na página de cadastro').fill(`cadastro-${stamp}`);
    await page.getByRole('button', { name: 'Publicar' }).click();
    await expect(page.getByText('O portal foi atualizado')).toBeVisible();
    const address = `/o/filial-${stamp}/portal/signup/cadastro-${stamp}`;
    await expect(page.getByRole('link', { name: 'Abrir a página' })).toHaveAttribute('href', new RegExp(`${address}$`));
    expect((await page.request.get(address)).status()).toBe(200);
  },
  'features/portal/domain/DomainClaim': async ({ page }) => {
    await openBranch(page, 'domain');
    await page.getByLabel('Domínio', { exact: true }).fill(`https://Portal.Filial-${stamp}.example/`);
    await page.getByRole('button', { name: 'Continuar' }).click();
    await expect(page.getByText('Aguardando o registro')).toBeVisible();
    // As most providers want it, and whole for those that do.
    await expect(page.getByText('_balcao.portal', { exact: true })).toBeVisible();
    await page.getByLabel('Onde o domínio está').selectOption('cPanel');
    await expect(page.getByText(`_balcao.portal.filial-${stamp}.example`, { exact: true })).toBeVisible();
    // No page of the demo shows records of the DNS: here they stand.
    await expectAccessible(page);
  },
  'features/portal/sender/SenderForm': async ({ page }) => {
    await page.goto('/console/portal/mail');
    await page.getByLabel('E-mail de quem envia').fill(`Financeiro@Aurora-${stamp}.example`);
    await page.getByRole('button', { name: 'Continuar' }).click();
    await expect(page.getByText(/^balcao-[0-9a-f]{8}\._domainkey$/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remover endereço' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remover endereço' }).click();
    await expect(page.getByRole('button', { name: 'Continuar' })).toBeVisible();
  },
  // Last of the portal's: it leaves the organization with the one that other tests know.
  'features/portal/components/AccessPanel': async ({ page }) => {
    await openBranch(page, 'access');
    await page.getByLabel('Nome no endereço').fill(`filial-nova-${stamp}`);
    await page.getByRole('button', { name: 'Salvar' }).first().click();
    await page.getByRole('button', { name: 'Mudar endereço' }).click();
    await expect(page.getByText('O endereço do portal mudou')).toBeVisible();
    await page.goto(`/o/filial-${stamp}/portal/login`);
    await expect(page).toHaveURL(new RegExp(`/o/filial-nova-${stamp}/portal/login`));
    await openBranch(page, 'access');
    await page.getByRole('button', { name: 'Arquivar', exact: true }).click();
    await page.getByRole('button', { name: 'Arquivar portal' }).click();
    await expect(page.getByText('Este portal está arquivado')).toBeVisible();
  },
  'features/portal/components/CompanyPanel': async ({ page }) => {
    await page.goto('/console/portal/access');
    const name = page.getByRole('textbox', { name: 'Nome da empresa' });
    const before = await name.inputValue();
    await name.fill(`${before} ${stamp}`);
    await page.getByRole('button', { name: 'Salvar' }).click();
    await expect(page.getByText('O nome da empresa mudou')).toBeVisible();
    await page.getByRole('button', { name: 'Voltar a esta versão: 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Voltar a esta versão' }).click();
    await expect(page.getByText('O nome anterior voltou')).toBeVisible();
    await expect(name).toHaveValue(before);
  },
  'features/roles/components/RoleForm': async ({ page }) => {
    await page.goto('/console/roles/new');
    await page.getByLabel('Nome', { exact: true }).fill(`Leitura ${stamp}`);
    await page.getByRole('button', { name: 'Criar papel' }).click();
    await expect(page.getByRole('link', { name: `Leitura ${stamp}` })).toBeVisible();
  },
  'features/team/views/InviteStaffView': async ({ page }) => {
    await inviteColleague(page, 'Nina Prado', `nina.${stamp}@aurora.example`);
    await mailTo(`nina.${stamp}@aurora.example`, /./);
  },
  'features/team/components/StaffForm': async ({ page }) => {
    await page.goto('/console/team');
    await page.getByRole('link', { name: 'Rafael Nogueira' }).click();
    await rename(page, 'Rafael Nogueira', 'Rafael Nogueira Dias');
  },
  'features/team/components/HeldTickets': async ({ page }) => {
    const confirmed = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeHidden();
    };
    await page.goto('/console/team');
    await page.getByRole('link', { name: 'Rafael Nogueira' }).click();
    await confirmed('Suspender acesso');
    await page.getByRole('button', { name: 'Passar adiante' }).click();
    await expect(page.getByText('Chamados em aberto')).toBeHidden();
    await confirmed('Restaurar acesso');
    await expect(page.getByText('Suspensa')).toBeHidden();
  },
  'features/profile/components/ProfileForm': async ({ page }) => {
    await page.goto('/console/profile');
    await rename(page, 'Helena Prado', 'Helena Prado Reis');
  },
  'ui/access/AcceptInvitationCard': async (visit) => {
    const email = `olga.${stamp}@aurora.example`;
    await inviteColleague(visit.page, 'Olga Reis', email);
    const page = await accept(visit, email);
    await page.goto('/console/profile');
    await expect(page.getByLabel('Nome', { exact: true })).toHaveValue('Olga Reis');
  },
  'ui/access/PasswordForm': async (visit) => {
    const email = `pia.${stamp}@aurora.example`;
    await inviteColleague(visit.page, 'Pia Reis', email);
    const page = await accept(visit, email);
    await page.goto('/console/profile');
    await page.getByLabel('Senha atual').fill(NEW_PASSWORD);
    await page.getByLabel('Nova senha').fill(`${NEW_PASSWORD}, de novo`);
    await page.getByRole('button', { name: 'Mudar senha' }).click();
    await expect(page.getByText(/As outras sessões foram encerradas/)).toBeVisible();
  },
  'ui/access/ForgotPasswordCard': async (visit) => {
    const page = await stranger(visit);
    await page.goto('/console/forgot-password');
    await page.getByLabel('E-mail').fill('agent@aurora.example');
    await page.locator('button[type=submit]').click();
    await mailTo('agent@aurora.example', /^Nova senha/);
  },
  'ui/access/ResetPasswordCard': async (visit) => {
    const page = await stranger(visit);
    await page.goto('/console/forgot-password');
    await page.getByLabel('E-mail').fill('billing@aurora.example');
    await page.locator('button[type=submit]').click();
    await page.goto(linkIn(await mailTo('billing@aurora.example', /^Nova senha/), 'reset-password'));
    await page.getByLabel('Nova senha').fill(NEW_PASSWORD);
    await page.locator('button[type=submit]').click();
    await expect(page).toHaveURL(/login/);
    await page.getByLabel('E-mail').fill('billing@aurora.example');
    await page.getByLabel('Senha', { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect(page.getByRole('navigation').first()).toBeVisible();
  },
  'ui/access/SignInForm': async (visit) => {
    await signInToConsole(await stranger(visit), 'owner@boreal.example');
  },
  'ui/lists/SearchField': async ({ page }) => {
    await page.goto('/console/customers');
    await page.getByRole('searchbox', { name: 'Buscar clientes' }).fill('padaria');
    await page.getByRole('searchbox', { name: 'Buscar clientes' }).press('Enter');
    await expect(page).toHaveURL(/q=padaria/);
    await expect(page.getByRole('link', { name: 'Padaria Estrela' })).toBeVisible();
  },
  'features/signups/components/CorrectDialog': async (visit) => {
    const { page } = visit;
    await openSignup(page);
    const visitor = await stranger(visit);
    await signUpForReview(visitor, '33683111000280', `Engano ${stamp} Ltda`, `engano.${stamp}@x.example`);
    await visitor.context().close();
    await page.goto(`/console/signups?q=${stamp}`);
    await page.getByRole('link', { name: `Engano ${stamp} Ltda` }).click();
    await page.getByRole('button', { name: 'Corrigir' }).click();
    await page.getByLabel('Razão social').fill(`Certo ${stamp} Ltda`);
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await expect(page.getByRole('heading', { level: 1, name: `Certo ${stamp} Ltda` })).toBeVisible();
  },
  'features/signups/components/RefuseDialog': async ({ page }) => {
    await page.goto(`/console/signups?q=${stamp}`);
    await page.getByRole('link', { name: `Certo ${stamp} Ltda` }).click();
    await page.getByRole('button', { name: 'Recusar' }).click();
    await page.getByLabel('Motivo').fill('Atendemos só empresas de Campinas.');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    const mail = await mailTo(`engano.${stamp}@x.example`, /não seguiu/);
    expect(mail.text).toContain('Atendemos só empresas de Campinas.');
  },
};

const OPERATORS: Record<string, (visit: Visit) => Promise<void>> = {
  'features/ops/views/NewOrganizationView': async ({ page }) => {
    await page.goto('/ops/new');
    await page.getByLabel('Nome', { exact: true }).fill(`Cometa ${stamp}`);
    await page.getByLabel('Nome da pessoa').fill('Dora Cometa');
    await page.getByLabel('E-mail').fill(`dora.${stamp}@cometa.example`);
    await page.getByRole('button', { name: 'Criar e convidar' }).click();
    await expect(page.getByRole('row', { name: new RegExp(`Cometa ${stamp}`) })).toBeVisible();
    await mailTo(`dora.${stamp}@cometa.example`, /./);
  },
  'features/ops/components/InviteOwnerDialog': async ({ page }) => {
    await page.goto('/ops');
    await page.getByRole('button', { name: `Ações de Cometa ${stamp}` }).click();
    await page.getByRole('menuitem', { name: 'Convidar titular' }).click();
    await page.getByLabel('Nome da pessoa').fill('Duda Cometa');
    await page.getByLabel('E-mail').fill(`duda.${stamp}@cometa.example`);
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await mailTo(`duda.${stamp}@cometa.example`, /./);
  },
};

/** Sends all of them, and names each that failed. */
async function sendAll(forms: typeof STAFF, visit: Visit): Promise<void> {
  const failed: string[] = [];
  for (const [name, send] of Object.entries(forms))
    await test.step(name, () => send(visit)).catch((error: Error) => failed.push(`${name}: ${error.message}`));
  expect(failed.join('\n\n')).toBe('');
}

/** Sources with a form: those of the console, and those that it takes from the library. */
function formSources(): string[] {
  const vue = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.vue'))
      .map((path) => ({ path: path.slice(0, -'.vue'.length), text: readFileSync(join(ROOT, folder, path), 'utf8') }));
  // A record's form is drawn by one part of the library for all of them: what counts is who says what its fields are.
  const withForm = (text: string) => /<(form|RecordForm|RecordDialog)\b/.test(text);
  const used = (name: string) => vue('apps/console/src').some(({ text }) => text.includes(`<${name}`));
  const library = vue('libs/ui/src').filter(({ path, text }) => withForm(text) && !path.startsWith('forms/Record'));
  const access = join(ROOT, 'libs/ui/src/access');
  const doors = readdirSync(access)
    .filter((name) => /-pages?\.ts$|^pages\.ts$/.test(name))
    .map((name) => readFileSync(join(access, name), 'utf8'))
    .join('\n');
  const reached = ({ path }: { path: string }) => {
    const name = path.split('/').at(-1)!;
    return (
      used(name) ||
      doors.includes(`./${name}.vue`) ||
      vue('libs/ui/src').some((one) => one.text.includes(`<${name}`) && used(one.path.split('/').at(-1)!))
    );
  };
  return [
    ...vue('apps/console/src')
      .filter(({ text }) => withForm(text))
      .map(({ path }) => path),
    ...library.filter(reached).map(({ path }) => `ui/${path}`),
  ];
}

test('every form of the console is in the table', () => {
  expect([...Object.keys(STAFF), ...Object.keys(OPERATORS)].sort()).toEqual(formSources().sort());
});

test('forms of the staff are sent and have their effect', async ({ page, browser, baseURL }) => {
  test.setTimeout(600_000);
  await signInToConsole(page, 'owner@aurora.example');
  await sendAll(STAFF, { page, browser, baseURL: baseURL! });
});

test('forms of the operators are sent and have their effect', async ({ page, browser, baseURL }) => {
  test.setTimeout(300_000);
  await signInToOps(page);
  await sendAll(OPERATORS, { page, browser, baseURL: baseURL! });
});
