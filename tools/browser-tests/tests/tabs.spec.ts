import type { Page } from '@playwright/test';
import { DEMO_PASSWORD } from '../support/addresses.js';
import { ask } from '../support/api.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, test } from '../support/test.js';

const PORTAL = '/o/aurora/api/v1/portal';
const ADMIN = '/api/v1/admin';

interface Comments {
  ticket: { comments: { body: string }[] };
}

const newTicket = async (page: Page, subject: string) => {
  const body = { subject, description: 'Para ver.', type: 'request', priority: 'normal' };
  return (await ask<{ ticket: { id: string } }>(page, 'POST', `${PORTAL}/tickets`, body)).ticket.id;
};
const said = async (page: Page, path: string, text: string) =>
  (await ask<Comments>(page, 'GET', path)).ticket.comments.filter(({ body }) => body === text).length;

/** Carries the next POST to an address and loses its answer, as a connection that breaks does. */
async function loseAnswer(page: Page, address: RegExp): Promise<void> {
  await page.route(
    address,
    async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
}

test('a tab never acts as another who signed in in the browser, and loses nothing that was typed', async ({
  page: first,
  context,
  expectedConsole,
}) => {
  expectedConsole.push(/409/, /401/, /404/);
  await signInToPortal(first, 'ana@padaria.example');
  const ticket = await newTicket(first, 'Só da Ana');
  await first.goto(`/o/aurora/portal/tickets/${ticket}`);
  const text = first.getByLabel('Sua resposta');
  await text.fill('Rascunho da Ana');
  const second = await context.newPage();
  await second.goto('/o/aurora/portal');

  await test.step('where another’s cookie came without a word, the API refuses what was meant for Ana', async () => {
    await ask(second, 'POST', `${PORTAL}/auth/login`, { email: 'bruno@padaria.example', password: DEMO_PASSWORD });
    await first.getByRole('button', { name: /^Enviar/ }).click();
    await expect(first.getByRole('heading', { name: 'Agora Bruno' })).toBeVisible();
    const isCovered = ({ x, y, width, height }: DOMRect) =>
      Boolean(document.elementFromPoint(x + width / 2, y + height / 2)?.closest('dialog'));
    const box = (await text.boundingBox()) as DOMRect;
    expect(await first.evaluate(isCovered, box)).toBe(true);
    await first.keyboard.press('Escape');
    await first.keyboard.press('Escape');
    await expect(first.getByRole('heading', { name: 'Agora Bruno' })).toBeVisible();
  });

  await test.step('the other goes on there, and sees nothing of hers', async () => {
    await first.getByRole('button', { name: 'Continuar como Bruno' }).click();
    await expect(first.getByText('Bruno').first()).toBeVisible();
    await first.goto(`/o/aurora/portal/tickets/${ticket}`);
    await expect(first.getByText('Bruno').first()).toBeVisible();
    await expect(first.getByText('Só da Ana')).toHaveCount(0);
  });

  await test.step('who signs out in one tab is out of all', async () => {
    await second.goto('/o/aurora/portal');
    await second.getByRole('button', { name: /Bruno/ }).first().click();
    await second.getByRole('menuitem', { name: 'Sair' }).click();
    await expect(first).toHaveURL(/login/);
    await expect(first.getByText('Sua sessão terminou.')).toBeVisible();
  });

  await test.step('who signs in in one tab is in in the one that waits at the door, and finds the draft', async () => {
    await second.getByLabel('E-mail').fill('ana@padaria.example');
    await second.getByLabel('Senha', { exact: true }).fill(DEMO_PASSWORD);
    await second.getByRole('button', { name: 'Entrar' }).click();
    await expect(first).not.toHaveURL(/login/);
    await first.goto(`/o/aurora/portal/tickets/${ticket}`);
    await expect(text).toHaveValue('Rascunho da Ana');
    expect(await said(first, `${PORTAL}/tickets/${ticket}`, 'Rascunho da Ana')).toBe(0);
  });
});

test('a message whose answer was lost is not written twice, and does not stand in its box once it is seen to have arrived', async ({
  page,
  browser,
  baseURL,
  expectedConsole,
}) => {
  expectedConsole.push(/ERR_CONNECTION_RESET/, /409/);
  await signInToPortal(page, 'ana@padaria.example');
  const ticket = await newTicket(page, 'Uma vez só');
  await page.goto(`/o/aurora/portal/tickets/${ticket}`);
  const text = page.getByLabel('Sua resposta');
  await text.fill('Da cliente');
  await loseAnswer(page, /\/comments$/);
  await page.getByRole('button', { name: /^Enviar/ }).click();
  await expect(page.getByText('Sua mensagem já tinha chegado.')).toBeVisible();
  await expect(text).toHaveValue('');
  expect(await said(page, `${PORTAL}/tickets/${ticket}`, 'Da cliente')).toBe(1);

  const staff = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await signInToConsole(staff, 'agent@aurora.example');
  await staff.goto(`/console/inbox/${ticket}`);
  const answer = staff.getByLabel(/^Resposta para/);
  await answer.fill('Da equipe');
  await loseAnswer(staff, /\/comments$/);
  await staff.getByRole('button', { name: /^Enviar/ }).click();
  // It has arrived, and the ticket is at another version by now.
  await expect(staff.getByLabel('Mensagens').getByText('Da equipe')).toBeVisible();
  await expect(answer).toHaveValue('');
  expect(await said(staff, `${ADMIN}/tickets/${ticket}`, 'Da equipe')).toBe(1);

  await test.step('and one that was edited meanwhile waits to be sent again', async () => {
    await answer.fill('Da equipe, de novo');
    let showTicket = () => {};
    const edited = new Promise<void>((resolve) => (showTicket = resolve));
    await staff.route(new RegExp(`/tickets/${ticket}$`), (route) => edited.then(() => route.continue()));
    await loseAnswer(staff, /\/comments$/);
    await staff.getByRole('button', { name: /^Enviar/ }).click();
    await answer.fill('Da equipe, outra');
    showTicket();
    await expect(staff.getByText('Sem conexão com o servidor')).toBeVisible();
    await staff.getByRole('button', { name: /^Enviar/ }).click();
    await expect(staff.getByText('O que você enviou antes chegou')).toBeVisible();
    await expect(answer).toHaveValue('Da equipe, outra');
    await staff.getByRole('button', { name: /^Enviar/ }).click();
    await expect(answer).toHaveValue('');
    expect(await said(staff, `${ADMIN}/tickets/${ticket}`, 'Da equipe, outra')).toBe(1);
  });
  await staff.context().close();
});
