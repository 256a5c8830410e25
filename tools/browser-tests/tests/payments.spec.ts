import type { Locator, Page } from '@playwright/test';
import { issueInvoice } from '../support/invoices.js';
import { codesIn } from '../support/read-codes.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** How a customer pays: the sheet, the pretended bank, and what they see while the money comes. */

test.describe.configure({ timeout: 240_000 });

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

async function inBoth(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
const picture = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

/** Does what the pretended bank offers, in a tab of its own, as the link in the sheet opens it. */
async function atTheBank(page: Page, sheet: Locator, deed: (bank: Page) => Promise<void>): Promise<void> {
  const opened = page.context().waitForEvent('page');
  await sheet.getByRole('link', { name: 'Simular o banco' }).click();
  const bank = await opened;
  await expect(bank.getByRole('heading', { level: 1, name: 'Banco de teste' })).toBeVisible();
  await deed(bank);
  await expect(bank.getByText('Feito. O aviso do banco está a caminho.')).toBeVisible();
  await bank.close();
}

for (const [name, size] of [
  ['a phone', PHONE],
  ['a desk', DESK],
] as const)
  test(`S0.3 S0.50 B.6 an invoice is paid by PIX on ${name}, and the page says so by itself`, async ({
    page,
    browser,
  }) => {
    const staff = await (await browser.newContext()).newPage();
    await signInToConsole(staff, 'owner@aurora.example');
    const title = `Visita técnica (${name})`;
    const id = await issueInvoice(staff, title, { allowsPartial: true });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.setViewportSize(size);
    await signInToPortal(page, 'ana@padaria.example');
    await page.goto(`/o/aurora/portal/invoices/${id}`);
    await page.getByRole('button', { name: /^Pagar R\$\s120,00$/ }).click();
    const sheet = page.getByRole('dialog', { name: 'Pagar fatura' });
    const code = sheet.getByTestId('pix-code');
    await expect(code).toBeVisible({ timeout: 30_000 });
    await picture(page, 'unpaid');
    await inBoth(page);

    const copy = sheet.getByRole('button', { name: 'Copiar código PIX' });
    const drawing = sheet.getByRole('img', { name: 'QR code do PIX' });
    const [copyBox, drawingBox] = [await copy.boundingBox(), await drawing.boundingBox()];
    expect(drawingBox!.width).toBeGreaterThanOrEqual(200);
    if (size === PHONE) expect(copyBox!.y).toBeLessThan(drawingBox!.y);
    const text = (await code.innerText()).trim();
    // What waits for the payment stands at the foot of the sheet, over whatever is below it.
    await drawing.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    expect(await codesIn(await drawing.screenshot(), 'QRCode')).toEqual([text]);
    await copy.click();
    await expect(page.getByText('Código PIX copiado')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    await picture(page, 'copied');

    // Whoever comes back finds the same code.
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await page.getByRole('button', { name: /^Pagar R\$\s120,00$/ }).click();
    await expect(code).toHaveText(text);

    // Its time is over: another takes its place.
    await atTheBank(page, sheet, (bank) => bank.getByRole('button', { name: 'Deixar expirar' }).click());
    await expect(sheet.getByText('Este código expirou')).toBeVisible({ timeout: 30_000 });
    await picture(page, 'expired');
    await inBoth(page);
    await sheet.getByRole('button', { name: 'Gerar novo código PIX' }).click();
    await expect(code).toBeVisible({ timeout: 30_000 });
    await expect(code).not.toHaveText(text);
    await picture(page, 'regenerated');

    await atTheBank(page, sheet, (bank) => bank.getByRole('button', { name: /^Pagar R\$\s120,00$/ }).click());
    await expect(sheet.getByRole('heading', { name: 'Pagamento recebido' })).toBeVisible({ timeout: 30_000 });
    await picture(page, 'paid');
    await inBoth(page);
    await sheet.getByRole('link', { name: 'Ver recibo' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Recibo de pagamento' })).toBeFocused();
    await expect(page.getByText('A fatura está quitada.')).toBeVisible();
    await picture(page, 'receipt');
    await inBoth(page);
    await page.goto(`/o/aurora/portal/invoices/${id}`);
    await expect(page.getByRole('region', { name: 'Pagamentos desta fatura' }).getByText(/^Pago em/)).toBeVisible();
    await inBoth(page);
  });

test('S0.48 S0.49 a boleto has its line and its bars, and a declined card says what to do', async ({
  page,
  browser,
}) => {
  const staff = await (await browser.newContext()).newPage();
  await signInToConsole(staff, 'owner@aurora.example');
  const id = await issueInvoice(staff, 'Visita técnica (boleto)', { allowsPartial: true });
  await page.setViewportSize(PHONE);
  await signInToPortal(page, 'ana@padaria.example');
  await page.goto(`/o/aurora/portal/invoices/${id}`);
  await page.getByRole('button', { name: /^Pagar R\$/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Pagar fatura' });
  await sheet.getByRole('tab', { name: 'Boleto' }).click();
  await expect(sheet.getByText('compensa em 1 a 3 dias úteis')).toBeVisible();
  await sheet.getByRole('button', { name: 'Gerar boleto' }).click();
  const line = sheet.getByTestId('boleto-line');
  await expect(line).toBeVisible({ timeout: 30_000 });
  const bars = sheet.getByRole('img', { name: 'Código de barras do boleto' });
  await bars.scrollIntoViewIfNeeded();
  const digits = (await line.innerText()).replace(/\D/g, '');
  const [read] = await codesIn(await bars.screenshot({ scale: 'device' }), 'ITF');
  // The line's free field, check digit, due day and amount, in the order of the bars.
  expect(read).toBe(
    digits.slice(0, 4) + digits.slice(32) + digits.slice(4, 9) + digits.slice(10, 20) + digits.slice(21, 31),
  );
  await picture(page, 'boleto');
  await inBoth(page);

  await sheet.getByRole('tab', { name: 'Cartão' }).click();
  await expect(sheet.getByText('Também vale')).toBeVisible();
  await inBoth(page);
  await sheet.getByRole('button', { name: /^Pagar R\$\s120,00 no cartão$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Banco de teste' })).toBeVisible({ timeout: 30_000 });
  await inBoth(page);
  await page.getByLabel('Motivo da recusa').selectOption({ label: 'Sem limite ou saldo' });
  await page.getByRole('button', { name: 'Recusar' }).click();
  await expect(page.getByTestId('bank-status')).toHaveText('Recusado');
  await page.getByRole('link', { name: 'Voltar ao portal' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'O pagamento não deu certo' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('O limite ou o saldo não foi suficiente')).toBeVisible();
  await picture(page, 'declined');
  await inBoth(page);
});
