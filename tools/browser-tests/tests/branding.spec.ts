import type { Locator, Page } from '@playwright/test';
import { ask } from '../support/api.js';
import { signInToConsole, signInToOps } from '../support/sign-in.js';
import { expect, test } from '../support/test.js';

/** What a company makes of its portal, and what it is told where that cannot be. */

const WIDE = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="90"><rect width="600" height="90"/></svg>';
const drawing = (source: string) => ({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(source) });
const logoField = (page: Page) => page.locator('[data-field="logoUrl"]');
const choose = (page: Page, source: string) => page.locator('[data-picture="logoUrl"]').setInputFiles(drawing(source));
const publish = (page: Page) => page.getByRole('button', { name: 'Publicar', exact: true });

/** Whether all of it is on the screen, and no bar over it. */
const isUncovered = (element: Locator) =>
  element.evaluate((node) => {
    const { left, top, bottom } = node.getBoundingClientRect();
    return [top + 2, bottom - 2].every((y) => node.contains(document.elementFromPoint(left + 2, y)));
  });

for (const [width, height] of [
  [390, 700],
  [1280, 800],
] as const)
  test(`a refusal is seen where the reader is, at ${width} px`, async ({ page, expectedConsole }) => {
    expectedConsole.push(/400 \(Bad Request\)/);
    await signInToConsole(page, 'owner@aurora.example');
    await page.setViewportSize({ width, height });
    await page.goto('/console/portal');
    await logoField(page).scrollIntoViewIfNeeded();
    await choose(page, '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
    await expect(logoField(page).getByRole('alert')).toContainText('<script>');
    await logoField(page).getByRole('alert').scrollIntoViewIfNeeded();
    expect(await isUncovered(logoField(page).getByRole('alert'))).toBe(true);

    await page.goto('/console/portal/style');
    const css = page.getByRole('textbox');
    await css.fill(
      `${'.a { color: red }\n'.repeat(40)}.b { color: red; top: url(x) }\n${'.c { top: 0 }\n'.repeat(40)}`,
    );
    await publish(page).click();
    await expect(page.getByRole('button', { name: 'Linha 41, coluna 23' })).toBeVisible();
    // It comes first, and then the page moves to where it is.
    await expect.poll(() => isUncovered(page.getByRole('button', { name: 'Linha 41, coluna 23' }))).toBe(true);
    await expect(css).toBeFocused();
    const seen = await css.evaluate((node: HTMLTextAreaElement) => ({
      selected: node.value.slice(node.selectionStart, node.selectionEnd),
      first: Math.round(node.scrollTop / parseFloat(getComputedStyle(node).lineHeight)),
    }));
    expect(seen).toEqual({ selected: 'url(x) }', first: 38 });
  });

test('two people change different parts at once, and the same one not unseen', async ({
  page,
  browser,
  baseURL,
  expectedConsole,
}) => {
  expectedConsole.push(/409 \(Conflict\)/);
  await signInToConsole(page, 'owner@boreal.example');
  const context = await browser.newContext({ baseURL, locale: 'pt-BR' });
  const other = await context.newPage();
  await signInToConsole(other, 'owner@boreal.example');
  await page.goto('/console/portal/security');
  await other.goto('/console/portal/tickets');
  const minutes = (on: Page) => on.getByLabel('Duração do bloqueio');
  const days = other.getByLabel('Dias até encerrar um chamado resolvido');
  await minutes(page).fill('41');
  await days.fill('41');
  for (const each of [page, other]) {
    await publish(each).click();
    await expect(publish(each)).toBeHidden();
  }
  await other.goto('/console/portal/security');
  await expect(minutes(other)).toHaveValue('41');
  await minutes(page).fill('42');
  await publish(page).click();
  await expect(publish(page)).toBeHidden();
  await minutes(other).fill('43');
  await publish(other).click();
  await expect(other.getByRole('alert')).toContainText('Outra pessoa mudou');
  await expect(minutes(other)).toHaveValue('43');
  await context.close();
});

test('a wide logo leaves room for what stands beside it, on the narrowest screen too', async ({ page }) => {
  await signInToConsole(page, 'owner@boreal.example');
  await page.goto('/console/portal');
  const before = await logoField(page).getByRole('img').getAttribute('src');
  await choose(page, WIDE);
  await expect(logoField(page).getByRole('img')).not.toHaveAttribute('src', before!);
  await expect(logoField(page)).toContainText('bem largo');
  await publish(page).click();
  await expect(publish(page)).toBeHidden();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/o/boreal/portal/login');
  const logo = await page.locator('header img').boundingBox();
  const menu = await page.getByLabel('Idioma').boundingBox();
  expect(logo!.width).toBeGreaterThan(90);
  expect(logo!.x + logo!.width).toBeLessThanOrEqual(menu!.x);
  expect(menu!.x + menu!.width).toBeLessThanOrEqual(320);

  const { data } = await ask<{ data: { id: string; version: number }[] }>(page, 'GET', '/api/v1/admin/portals');
  await ask(page, 'PATCH', `/api/v1/admin/portals/${data[0]!.id}`, {
    version: data[0]!.version,
    settings: { branding: { logoUrl: before } },
  });
});

test('the queues are shown in the language of who looks, with nothing from elsewhere', async ({ page }) => {
  await signInToOps(page);
  await page.goto('/ops/queues');
  await expect(page.getByText('Filas').first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR');
});

/** Draws a picture in the page, as somebody would have one on their device. */
const painted = (page: Page, colour: string) =>
  page.evaluate((fill) => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 300;
    const paper = canvas.getContext('2d')!;
    paper.fillStyle = fill;
    paper.fillRect(0, 0, 900, 300);
    return canvas.toDataURL('image/png').split(',')[1]!;
  }, colour);

/** The colour in the middle of the picture that the tab has. */
async function middleOfIcon(): Promise<number[]> {
  const picture = new Image();
  picture.src = document.querySelector<HTMLLinkElement>('link[rel="icon"]')!.href;
  await picture.decode();
  const paper = document.createElement('canvas').getContext('2d')!;
  paper.drawImage(picture, 0, 0);
  return [...paper.getImageData(picture.naturalWidth / 2, picture.naturalHeight / 2, 1, 1).data.slice(0, 3)];
}

/** Typed, and the same after they were shown on the picture, whose pixels are not those of the screen. */
const MARKED = { Largura: '321', Altura: '300', Esquerda: '300' };
test('S0.43 S0.44 S3.34 S3.35 pictures are chosen, cropped, published, and seen at the door in both schemes', async ({
  page,
}) => {
  await signInToConsole(page, 'owner@boreal.example');
  await page.goto('/console/portal');
  const before: Record<string, string | null> = {};
  const brought: Record<string, string> = {};
  for (const [name, colour] of [
    ['logoUrl', '#aa2211'],
    ['logoDarkUrl', '#ffccbb'],
    ['faviconUrl', '#1144cc'],
  ] as const) {
    const field = page.locator(`[data-field="${name}"]`);
    before[name] = await field.getByRole('img').first().getAttribute('src');
    const buffer = Buffer.from(await painted(page, colour), 'base64');
    await page.locator(`[data-picture="${name}"]`).setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
    await expect(field.locator('cropper-selection')).toBeVisible();
    if (name === 'faviconUrl') await expect(field.getByLabel('Largura')).toHaveValue('300');
    else {
      for (const [side, value] of Object.entries(MARKED)) await field.getByLabel(side).fill(value);
      for (const [side, value] of Object.entries(MARKED)) await expect(field.getByLabel(side)).toHaveValue(value);
      await field.getByLabel('Parte marcada').focus();
      await page.keyboard.press('ArrowRight');
      await expect(field.getByLabel('Esquerda')).toHaveValue('301');
    }
    await field.getByRole('button', { name: 'Usar esta parte' }).click();
    await expect(field.locator('img')).not.toHaveAttribute('src', before[name]!);
    await expect(field).toContainText(name === 'faviconUrl' ? '300 × 300' : '321 × 300');
    brought[name] = (await field.locator('img').getAttribute('src'))!;
  }
  await publish(page).click();
  await expect(publish(page)).toBeHidden();
  for (const [scheme, name] of [
    ['light', 'logoUrl'],
    ['dark', 'logoDarkUrl'],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('/o/boreal/portal/login');
    const logo = page.locator('header img');
    await expect(logo).toHaveAttribute('src', brought[name]!);
    expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(321);
  }
  // Drawn of the icon that was brought: without one it is drawn of the logo, which has another colour, under as new a name.
  await expect
    .poll(async () => {
      await page.reload();
      return page.evaluate(middleOfIcon);
    })
    .toEqual([17, 68, 204]);

  const { data } = await ask<{ data: { id: string; version: number }[] }>(page, 'GET', '/api/v1/admin/portals');
  await ask(page, 'PATCH', `/api/v1/admin/portals/${data[0]!.id}`, {
    version: data[0]!.version,
    settings: { branding: before },
  });
});
