import type { Page } from '@playwright/test';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, expectAccessible, test } from '../support/test.js';

const newTicket = async (page: Page, subject: string): Promise<string> => {
  await page.goto('/o/aurora/portal/tickets/new');
  await page.getByLabel('O que está acontecendo?').fill(subject);
  await page.getByLabel('Tipo').selectOption({ label: 'Algo não funciona' });
  await page.getByLabel('Conte um pouco mais').fill('Desde hoje cedo.');
  await page.getByRole('button', { name: 'Abrir chamado' }).click();
  await expect(page.getByRole('heading', { name: subject })).toBeVisible();
  return page.url().split('/').at(-1)!;
};
const reply = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('Sua resposta').fill(text);
  await page.getByRole('button', { name: 'Enviar resposta' }).click();
  await expect(page.getByRole('article').filter({ hasText: text })).toBeVisible();
};

test('S3.13 S3.14 a customer mends and takes back their words, and says whether it is solved', async ({
  page,
  browser,
  baseURL,
}) => {
  await signInToPortal(page, 'ana@padaria.example');
  const id = await newTicket(page, 'O ramal 4 está mudo');
  const conversation = page.getByLabel('Conversa');

  await test.step('she mends a message', async () => {
    await reply(page, 'Testei às 15h');
    await page.getByRole('button', { name: 'Editar sua mensagem' }).click();
    await expect(page.getByRole('textbox', { name: 'Sua mensagem' })).toBeFocused();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Sua mensagem' }).fill('Testei às 14h');
    await page.getByRole('button', { name: 'Salvar' }).click();
    await expect(conversation.getByText('Testei às 14h')).toBeVisible();
    await expect(conversation.getByText('editada')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Editar sua mensagem' })).toBeFocused();
  });

  await test.step('and takes another back', async () => {
    await reply(page, 'A senha é 1234');
    await page.getByRole('button', { name: 'Remover sua mensagem' }).last().click();
    await expect(page.getByRole('button', { name: 'Remover mensagem', exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remover mensagem', exact: true }).click();
    await expect(conversation.getByText('Mensagem removida por quem a escreveu')).toBeVisible();
    await expect(page.getByText('A senha é 1234')).toBeHidden();
  });

  const staff = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await test.step('staff resolve it by keyboard', async () => {
    await signInToConsole(staff, 'agent@aurora.example');
    await staff.goto(`/console/inbox/${id}?view=all`);
    await expect(staff.getByLabel('Mensagens').getByText('Mensagem removida')).toBeVisible();
    await staff.keyboard.press('r');
    await staff.keyboard.type('Trocamos a placa do ramal.');
    await staff.keyboard.press('Control+Enter');
    await expect(staff.getByLabel('Mensagens').getByText('Trocamos a placa')).toBeVisible();
    await expect(staff.getByRole('textbox', { name: 'Resposta para Ana Ribeiro' })).toHaveValue('');
    await staff.getByRole('heading', { level: 1 }).focus();
    await staff.keyboard.press('e');
    await expect(staff.getByRole('button', { name: 'Situação: Resolvido' })).toBeVisible();
  });

  await test.step('she is asked whether it is solved, and says no', async () => {
    await page.reload();
    await expect(page.getByText(/o chamado se encerra em \d\d\/\d\d\/\d{4}/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Editar sua mensagem' })).toBeHidden();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ainda não resolveu' }).click();
    await expect(page.getByLabel('Sua resposta')).toBeFocused();
    await reply(page, 'Continua mudo');
  });
});

test('UX.8 staff mark tickets, change them together, and do not answer over one another', async ({
  page,
  browser,
  baseURL,
  expectedConsole,
}) => {
  // The answer that comes too late is refused, which the browser reports.
  expectedConsole.push(/409 \(Conflict\)/);
  const customer = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await signInToPortal(customer, 'ana@padaria.example');
  await newTicket(customer, 'Primeiro de dois');
  const second = await newTicket(customer, 'Segundo de dois');
  await signInToConsole(page, 'agent@aurora.example');
  await page.goto('/console/inbox?view=unassigned');

  await test.step('two are taken at once', async () => {
    await page.getByRole('link', { name: /Segundo de dois/ }).click();
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await expect(page.getByRole('heading', { level: 1, name: 'Primeiro de dois' })).toBeVisible();
    await page.keyboard.press('x');
    const bar = page.getByRole('group', { name: 'Chamados marcados' });
    await expect(bar.getByText('2 marcados')).toBeVisible();
    await expectAccessible(page);
    await bar.getByRole('button', { name: 'Responsável' }).click();
    await page.getByRole('menuitem', { name: 'Assumir' }).click();
    await expect(page.getByText('2 chamados com você')).toBeVisible();
  });

  const messages = page.getByLabel('Mensagens');
  await test.step('an answer waits where the customer wrote meanwhile', async () => {
    // Without live updates, as where a connection is cut: the answer itself is refused.
    await page.route('**/api/v1/admin/live', (route) => route.abort());
    expectedConsole.push(/ERR_FAILED/);
    await page.goto(`/console/inbox/${second}?view=all`);
    const box = page.getByRole('textbox', { name: /Resposta para/ });
    await box.fill('Amanhã cedo passamos aí.');
    await customer.goto(`/o/aurora/portal/tickets/${second}`);
    await reply(customer, 'Amanhã não tem ninguém');
    await page.getByRole('button', { name: 'Enviar', exact: true }).click();
    await expect(page.getByText('Chegou 1 mensagem enquanto você escrevia')).toBeVisible();
    await expect(messages.getByText('Amanhã não tem ninguém')).toBeVisible();
    await expect(box).toHaveValue('Amanhã cedo passamos aí.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Enviar mesmo assim' }).click();
    await expect(messages.getByText('Amanhã cedo passamos aí.')).toBeVisible();
    await page.unroute('**/api/v1/admin/live');
  });

  await test.step('and says at once what comes in while it is written', async () => {
    await page.reload();
    const box = page.getByRole('textbox', { name: /Resposta para/ });
    await box.fill('Então na sexta.');
    await reply(customer, 'Sexta também não');
    await expect(page.getByText('Chegou 1 mensagem enquanto você escrevia')).toBeVisible();
    await expect(messages.getByText('Sexta também não')).toBeVisible();
    await page.getByRole('button', { name: 'Enviar mesmo assim' }).click();
    await expect(messages.getByText('Então na sexta.')).toBeVisible();
    await expect(page.getByText('enquanto você escrevia')).toBeHidden();
  });
});
