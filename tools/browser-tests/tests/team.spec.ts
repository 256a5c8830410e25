import { DEMO_PASSWORD } from '../support/addresses.js';
import { linkIn, mailTo } from '../support/mailbox.js';
import { signInToPortal } from '../support/sign-in.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** A customer looks after her own people: from an invitation to the end of an access. */
test('S2.30–31, S0.18, S0.25–29: Ana invites a colleague, who sees what his role allows, until she suspends him', async ({
  page,
  browser,
  baseURL,
}) => {
  const email = `tito.${Date.now()}@padaria.example`;

  await test.step('she invites him with a role that she may give', async () => {
    await signInToPortal(page, 'ana@padaria.example');
    await page.getByRole('link', { name: 'Equipe', exact: true }).first().click();
    await expect(page.getByText('Bruno Teles')).toBeVisible();
    await page.getByRole('button', { name: 'Convidar', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nome da pessoa').fill('Tito Alves');
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByLabel('Papel').selectOption({ label: 'Colaboração' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Enviar convite' }).click();
    await expect(page.getByText(`Convite enviado para ${email}`)).toBeVisible();
  });

  const invitation = await mailTo(email, /convidou você/);
  const colleague = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();

  await test.step('the mail is from her, and the invitation says that it went out', async () => {
    expect(invitation.text).toContain('Ana Ribeiro abriu para você um acesso a Padaria Estrela');
    await page.getByRole('link', { name: 'Convites', exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: email });
    await expect(row.getByText('Aguarda resposta')).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(row.getByText('Enviado', { exact: true })).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    // On a phone that stands in one line with what it is about.
    await page.setViewportSize({ width: 390, height: 844 });
    const [label, state] = [row.getByText('E-mail:'), row.getByText('Enviado', { exact: true })];
    expect((await state.boundingBox())!.y).toBeCloseTo((await label.boundingBox())!.y, 0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  await test.step('he accepts and sees only what his role allows', async () => {
    await colleague.goto(linkIn(invitation, 'accept-invitation'));
    await colleague.getByLabel('Crie uma senha').fill(`${DEMO_PASSWORD} tito`);
    await colleague.getByRole('button', { name: 'Aceitar e entrar' }).click();
    await expect(colleague.getByRole('heading', { name: /Tito/ })).toBeVisible();
    await expect(colleague.getByRole('link', { name: 'Chamados' }).first()).toBeVisible();
    await expect(colleague.getByRole('link', { name: 'Equipe', exact: true })).toHaveCount(0);
    await colleague.goto('/o/aurora/portal/team');
    await expect(colleague.getByRole('heading', { name: 'Sem acesso' })).toBeVisible();
  });

  await test.step('she suspends him, and his session is over', async () => {
    await page.getByRole('link', { name: 'Pessoas', exact: true }).click();
    await page.getByRole('button', { name: 'Ações para Tito Alves' }).click();
    await page.getByRole('menuitem', { name: 'Suspender acesso' }).click();
    await expect(page.getByRole('dialog')).toContainText('Tito Alves sai do portal agora');
    await page.getByRole('dialog').getByRole('button', { name: 'Suspender acesso' }).click();
    await expect(page.getByText('O acesso de Tito Alves está suspenso')).toBeVisible();
    await colleague.goto('/o/aurora/portal/tickets');
    await expect(colleague).toHaveURL(/login/);
  });
});
