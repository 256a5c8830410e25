import type { Page, Request } from '@playwright/test';
import { ask } from '../support/api.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, test } from '../support/test.js';

const PORTAL = '/o/aurora/api/v1/portal';
const ADMIN = '/api/v1/admin';
const MANY = 8;

/** What a page asks the API for from now on, by what its address ends with. */
function watchRequests(page: Page) {
  const seen: string[] = [];
  const note = (request: Request) => void seen.push(new URL(request.url()).pathname);
  page.on('request', note);
  return {
    /** How often since the last time. */
    count: (end: RegExp) => {
      const found = seen.filter((path) => end.test(path)).length;
      seen.length = 0;
      return found;
    },
  };
}

/** A mark on the page that a reload would take away. */
const mark = (page: Page) => page.evaluate(() => void document.documentElement.setAttribute('data-same-page', ''));
const isSamePage = (page: Page) => page.locator('html[data-same-page]').count();

test('pages that are open follow what the other side writes, without a reload, a storm or a gap', async ({
  page: customer,
  browser,
  baseURL,
  expectedConsole,
}) => {
  test.setTimeout(180_000);
  // A page without connection cannot ask, and the browser says so.
  expectedConsole.push(/ERR_INTERNET_DISCONNECTED/);
  const staff = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await signInToConsole(staff, 'agent@aurora.example');
  await staff.goto('/console/inbox?view=all');
  await expect(staff.getByRole('navigation', { name: 'Chamados' }).getByRole('link').first()).toBeVisible();
  await mark(staff);
  await signInToPortal(customer, 'ana@padaria.example');
  const { ticket } = await ask<{ ticket: { id: string } }>(customer, 'POST', `${PORTAL}/tickets`, {
    subject: 'Ao vivo nos dois lados',
    description: 'Sem recarregar.',
    type: 'request',
    priority: 'normal',
  });
  const answer = (body: string) =>
    ask(staff, 'POST', `${ADMIN}/tickets/${ticket.id}/comments`, { body, isPublic: true });
  const write = (body: string) => ask(customer, 'POST', `${PORTAL}/tickets/${ticket.id}/comments`, { body });
  const said = (text: string) => customer.getByLabel('Conversa').getByText(text, { exact: true });
  const row = staff.getByRole('link', { name: /Ao vivo nos dois lados/ });

  await test.step('a new ticket stands in the inbox that was open before it', async () => {
    await expect(row).toBeVisible();
  });

  await test.step('an answer stands in the open ticket of the customer', async () => {
    await customer.goto(`/o/aurora/portal/tickets/${ticket.id}`);
    await expect(said('Sem recarregar.')).toBeVisible();
    await mark(customer);
    await answer('Já estamos vendo.');
    await expect(said('Já estamos vendo.')).toBeVisible();
  });

  await test.step('and what the customer writes in the inbox and in its open ticket', async () => {
    await write('Obrigada, espero aqui.');
    await expect(row).toContainText('Obrigada, espero aqui.');
    await row.click();
    await expect(staff.getByLabel('Mensagens').getByText('Obrigada, espero aqui.')).toBeVisible();
    await write('Voltou agora.');
    await expect(staff.getByLabel('Mensagens').getByText('Voltou agora.')).toBeVisible();
  });

  await test.step('many messages at once are fetched together', async () => {
    const [ofCustomer, ofStaff] = [watchRequests(customer), watchRequests(staff)];
    const steps = Array.from({ length: MANY }, (_, index) => `Passo ${index + 1}`);
    await Promise.all(steps.map(answer));
    for (const step of steps) await expect(said(step)).toBeVisible();
    await expect(staff.getByLabel('Mensagens').getByText(/^Passo \d+$/)).toHaveCount(MANY);
    await customer.waitForTimeout(2_000);
    // Never more than one fetch for each message, of the ticket and of each list that shows it.
    for (const path of [/\/tickets\/[0-9a-f-]{36}$/, /\/tickets\/overview$/])
      expect(ofCustomer.count(path)).toBeLessThanOrEqual(MANY);
    expect(ofStaff.count(/\/tickets$/)).toBeLessThanOrEqual(2 * MANY);
    await customer.waitForTimeout(3_000);
    expect(ofCustomer.count(/\/api\//)).toBe(0);
    expect(ofStaff.count(/\/api\//)).toBe(0);
  });

  await test.step('what was missed without a connection is there when it comes back', async () => {
    await customer.context().setOffline(true);
    await expect(customer.getByText('Sem conexão. O que você digitou está guardado nesta página.')).toBeVisible();
    const requests = watchRequests(customer);
    await answer('Escrita enquanto você estava sem internet.');
    await customer.waitForTimeout(5_000);
    await expect(said('Escrita enquanto você estava sem internet.')).toBeHidden();
    expect(requests.count(/\/live$/)).toBeLessThanOrEqual(5);
    await customer.context().setOffline(false);
    await expect(said('Escrita enquanto você estava sem internet.')).toBeVisible();
    await customer.waitForTimeout(2_000);
    expect(requests.count(/\/api\//)).toBeLessThanOrEqual(12);
    await answer('E de novo ao vivo.');
    await expect(said('E de novo ao vivo.')).toBeVisible();
  });

  expect(await isSamePage(customer)).toBe(1);
  expect(await isSamePage(staff)).toBe(1);
});
