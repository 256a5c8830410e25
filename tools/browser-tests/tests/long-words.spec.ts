import type { Page } from '@playwright/test';
import { DEMO_PASSWORD } from '../support/addresses.js';
import { ask } from '../support/api.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, test } from '../support/test.js';

/** Words, links and names of others, longer than any screen. */
const WORD = 'Donaudampfschifffahrt'.repeat(6);
const LINK = `https://exemplo.example/${'a'.repeat(220)}`;
const WIDE = 'W'.repeat(2000);
const API = '/o/aurora/api/v1/portal';
const PORTAL = '/o/aurora/portal';

/** At which of the widths a page scrolls sideways; it is loaded once, since that takes longest. */
async function tooWide(page: Page, path: string, widths: readonly number[]): Promise<string[]> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const wide: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    // What stands elsewhere on another screen may be drawn, or asked for, with the next frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const found = await page.evaluate(() => document.documentElement.scrollWidth);
    if (found > width) wide.push(`${path} at ${width}: ${found} px`);
  }
  return wide;
}

test.describe('S0 pages hold together whatever others write', () => {
  test('in the portal, from 320 px on', async ({ page, browser, baseURL }) => {
    const staff = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
    await signInToConsole(staff, 'owner@aurora.example');
    const { category } = await ask<{ category: { id: string; slug: string } }>(
      staff,
      'POST',
      '/api/v1/admin/kb/categories',
      { namePt: WORD.slice(0, 100), nameEn: WORD.slice(0, 100) },
    );
    const { article } = await ask<{ article: { slug: string } }>(staff, 'POST', '/api/v1/admin/kb/articles', {
      title: WORD.slice(0, 120),
      excerpt: LINK,
      bodyMarkdown: `## ${WORD}\n\n${WIDE}\n\n\`${LINK}\`\n\n| a | b |\n|---|---|\n| ${LINK} | ${WORD} |\n\n> ${LINK}\n\n- ${WIDE}`,
      categoryId: category.id,
      tags: [WORD.slice(0, 40)],
      locale: 'pt-BR',
      visibility: 'public',
    });
    await signInToPortal(page, 'ana@padaria.example');
    const { data: roles } = await ask<{ data: { id: string }[] }>(page, 'GET', `${API}/team/roles`);
    await ask(page, 'POST', `${API}/invitations`, {
      name: WORD,
      email: `${'x'.repeat(60)}.${Date.now() % 1000}@${'d'.repeat(60)}.example`.replace(/^x{4}/, ''),
      roleId: roles[0]!.id,
    });
    await ask(page, 'PATCH', `${API}/profile`, { name: `${WORD} ${WORD}`.slice(0, 255) });
    const { ticket } = await ask<{ ticket: { id: string } }>(page, 'POST', `${API}/tickets`, {
      subject: WIDE.slice(0, 250),
      description: `${LINK}\n\n${WIDE}`,
      type: 'request',
      priority: 'normal',
    });
    await ask(page, 'POST', `${API}/tickets/${ticket.id}/comments`, { body: `${WORD}\n${WIDE}${WIDE}` });

    const pages = [
      '',
      'tickets',
      'tickets?show=all',
      `tickets/${ticket.id}`,
      'tickets/new',
      'help',
      `help?q=${WORD.slice(0, 40)}`,
      `help?category=${category.slug}`,
      `help/${article.slug}`,
      'team',
      'team/invitations',
      'settings',
      'settings/security',
    ];
    const wide: string[] = [];
    const look = async (paths: readonly string[], ...widths: number[]) => {
      for (const path of paths) wide.push(...(await tooWide(page, `${PORTAL}/${path}`, widths)));
    };
    await look(pages, 320, 1280);
    await ask(page, 'PATCH', `${API}/profile`, { name: 'Ana Ribeiro' });
    await page.context().clearCookies();
    await look(['login', 'help', `help/${article.slug}`, 'forgot-password'], 320);
    expect(wide).toEqual([]);
  });

  test('a table too wide for its column is moved by keys, and its words stay whole', async ({ page }) => {
    const row = '| Disponibilidade | conforme infraestrutura | gratuitamente | imediatamente |';
    const bodyMarkdown = `Leia.\n\n${row}\n|---|---|---|---|\n${row}\n`;
    const body = { title: 'Planos lado a lado', bodyMarkdown, tags: [], locale: 'pt-BR', visibility: 'public' };
    await signInToConsole(page, 'owner@aurora.example');
    const path = '/api/v1/admin/kb/articles';
    const { article } = await ask<{ article: { id: string; slug: string } }>(page, 'POST', path, body);
    await page.setViewportSize({ width: 390, height: 800 });
    for (const address of [`/console/articles/${article.id}`, `${PORTAL}/help/${article.slug}`]) {
      await page.goto(address);
      if (address.startsWith('/console')) await page.getByRole('button', { name: 'Prévia' }).click();
      const box = page.getByRole('group', { name: 'Tabela 1' });
      const broken = await box.evaluate((node) =>
        [...node.querySelectorAll('td, th')].flatMap(({ firstChild: text }) =>
          [...text!.textContent!.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
            const range = document.createRange();
            range.setStart(text!, index);
            range.setEnd(text!, index + word.length);
            return range.getClientRects().length > 1 ? [word] : [];
          }),
        ),
      );
      expect(broken).toEqual([]);
      await box.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => box.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
  });

  test.describe('and under long names', () => {
    // A portal that does not let somebody's role in refuses what their page asks for.
    test.use({ expectedConsole: [/status of 403/] });

    test('that portals have, whose logos keep their shape', async ({ page, browser, baseURL }) => {
      const context = await browser.newContext({ baseURL, locale: 'pt-BR' });
      const staff = await context.newPage();
      await signInToConsole(staff, 'owner@aurora.example');
      type Portal = { id: string; version: number; slug: string; name: string };
      const portals = async () => (await ask<{ data: Portal[] }>(staff, 'GET', '/api/v1/admin/portals')).data;
      const before = await portals();
      const name = async (nameOf: (portal: Portal) => string) => {
        for (const { id, version, slug } of await portals())
          await ask(staff, 'PATCH', `/api/v1/admin/portals/${id}`, {
            version,
            name: nameOf(before.find((portal) => portal.slug === slug)!),
          });
      };
      const wrong: string[] = [];
      const look = async (seen: Page, width: number, path: string) => {
        await expect(seen.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(seen.locator('[aria-busy="true"]')).toHaveCount(0);
        const found = await seen.evaluate(() => document.documentElement.scrollWidth);
        if (found > width) wrong.push(`${path} at ${width}: ${found} px`);
        const squeezed = await seen.evaluate(() =>
          [...document.querySelectorAll<HTMLImageElement>('header img, aside img')]
            .filter(
              (image) => image.complete && image.checkVisibility() && image.naturalWidth < image.naturalHeight * 1.6,
            )
            .some(
              (image) =>
                Math.abs(image.clientWidth - (image.clientHeight * image.naturalWidth) / image.naturalHeight) > 1,
            ),
        );
        if (squeezed) wrong.push(`${path} at ${width}: a squeezed logo`);
      };
      try {
        await name(({ slug }) => `Auto Peças Horizonte e Irmãos Comércio de Acessórios ${slug}`);
        const { data: accounts } = await ask<{ data: { id: string }[] }>(
          staff,
          'GET',
          '/api/v1/admin/billing-accounts',
        );
        for (const width of [390, 1280]) {
          for (const seen of [page, staff]) await seen.setViewportSize({ width, height: 800 });
          for (const slug of ['aurora', 'aurora-gestao']) {
            await page.goto(`/o/${slug}/portal/login`);
            await look(page, width, `${slug}/login`);
          }
          // His role is not let in here, so that he is led to the others.
          await page.getByLabel('E-mail').fill('bruno@padaria.example');
          await page.getByLabel('Senha', { exact: true }).fill(DEMO_PASSWORD);
          await page.getByRole('button', { name: 'Entrar' }).click();
          await expect(page.getByRole('link', { name: /Horizonte/ })).toHaveCount(2);
          await look(page, width, 'elsewhere');
          await page.context().clearCookies();
          await signInToPortal(page, 'ana@padaria.example');
          await look(page, width, 'home');
          await page.context().clearCookies();
          await staff.goto(`/console/customers/${accounts[0]!.id}`);
          await expect(staff.getByText(/Horizonte/).first()).toBeVisible();
          await look(staff, width, 'console/customer');
        }
      } finally {
        await name((portal) => portal.name);
        await context.close();
      }
      expect(wrong).toEqual([]);
    });
  });

  test('in the console, from 320 px on', async ({ page }) => {
    await signInToConsole(page, 'owner@aurora.example');
    const long = `${WORD} ${LINK}`;
    await ask(page, 'POST', '/api/v1/admin/billing-accounts', {
      name: WORD.slice(0, 120),
      legalName: long.slice(0, 250),
    });
    const pages = [
      'inbox?view=all',
      'customers',
      'users',
      'invitations',
      'invitations/many',
      'roles',
      'articles',
      'portal',
    ];
    const wide: string[] = [];
    for (const path of [...pages, 'articles/new', 'portal/style', 'team', 'team/new', 'profile'])
      wide.push(...(await tooWide(page, `/console/${path}`, [320, 1024, 1280])));
    expect(wide).toEqual([]);
  });
});
