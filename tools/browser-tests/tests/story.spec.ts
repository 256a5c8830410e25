import { DEMO_PASSWORD } from '../support/addresses.js';
import { linkIn, mailTo } from '../support/mailbox.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** The main job: from an invitation to an answer, through real mails and a real browser. */
test('S0.25–28, S3.47–51, S4.9–20: a customer is invited, opens a ticket, reads an article and gets an answer', async ({
  page,
  browser,
  baseURL,
}) => {
  const email = `nina.${Date.now()}@padaria.example`;
  const password = 'café coado na hora';
  const subject = 'A balança não imprime etiquetas';

  await test.step('staff invite her', async () => {
    await page.goto('/console');
    await page.getByLabel('E-mail').fill('owner@aurora.example');
    await page.getByLabel('Senha', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect(page.getByRole('heading', { name: 'Caixa de entrada' })).toBeVisible();
    await page.goto('/console/invitations/new');
    await page.getByLabel('Cliente').fill('Padaria');
    await page.getByRole('option', { name: /Padaria Estrela/ }).click();
    await page.getByLabel('Nome da pessoa').fill('Nina Farias');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Enviar convite' }).click();
    await expect(page.getByText(`Convite enviado para ${email}`)).toBeVisible();
  });

  const invitation = await mailTo(email, /convidou você/);
  const customer = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();

  await test.step('she accepts and is signed in', async () => {
    await customer.goto(linkIn(invitation, 'accept-invitation'));
    await expect(customer.getByText('Padaria Estrela')).toBeVisible();
    await expectAccessible(customer);
    await customer.getByLabel('Crie uma senha').fill(password);
    await customer.getByRole('button', { name: 'Aceitar e entrar' }).click();
    await expect(customer.getByRole('heading', { name: /Nina/ })).toBeVisible();
  });

  await test.step('signs in by herself', async () => {
    await customer.context().clearCookies();
    await customer.goto('/o/aurora/portal/login');
    await customer.getByLabel('E-mail').fill(email);
    await customer.getByLabel('Senha', { exact: true }).fill(password);
    await customer.getByRole('button', { name: 'Entrar' }).click();
    await expect(customer.getByRole('heading', { name: /Nina/ })).toBeVisible();
  });

  await test.step('reads an article', async () => {
    await customer.goto('/o/aurora/portal/help');
    await customer.getByRole('searchbox').fill('conexao');
    // What stood there before the search is about to go.
    await expect(customer.getByRole('status').filter({ hasText: 'para “conexao”' })).toBeVisible();
    await customer
      .getByRole('link', { name: /conexão/i })
      .first()
      .click();
    await expect(customer.getByRole('article')).toBeVisible();
  });

  await test.step('opens a ticket', async () => {
    await customer.goto('/o/aurora/portal/tickets/new');
    await customer.getByLabel('O que está acontecendo?').fill(subject);
    await customer.getByLabel('Tipo').selectOption({ label: 'Algo não funciona' });
    await customer.getByLabel('Conte um pouco mais').fill('Desde hoje cedo, na loja 1.');
    await customer.getByRole('button', { name: 'Abrir chamado' }).click();
    await expect(customer.getByRole('heading', { name: subject })).toBeVisible();
  });

  await test.step('staff answer from the inbox', async () => {
    await page.goto('/console/inbox?view=unassigned');
    await page.getByRole('link', { name: new RegExp(subject) }).click();
    await page
      .getByRole('textbox', { name: /Resposta para/ })
      .fill('Troque o rolo e desligue a balança por um minuto.');
    await page.getByRole('button', { name: 'Enviar' }).click();
    await expect(page.getByLabel('Mensagens').getByText('Troque o rolo')).toBeVisible();
  });

  await test.step('the answer reaches her by mail and on the page', async () => {
    const answer = await mailTo(email, new RegExp(`^Resposta .*${subject}`));
    expect(answer.text).toContain('Troque o rolo');
    await customer.goto(linkIn(answer, '/tickets/'));
    await expect(customer.getByText('Troque o rolo e desligue a balança por um minuto.')).toBeVisible();
    await expectAccessible(customer);
  });
});
