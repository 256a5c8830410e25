import { linkIn, mailTo } from '../support/mailbox.js';
import { signInToConsole, signInToOps } from '../support/sign-in.js';
import { expect, expectAccessible, test } from '../support/test.js';

const PASSWORD = 'café coado na hora';

test('an owner invites an agent, who accepts from the mail and answers a ticket', async ({
  page,
  browser,
  baseURL,
}) => {
  const email = `iara.${Date.now()}@aurora.example`;
  const answer = `Já enviamos um técnico. (${Date.now()})`;

  await test.step('the owner invites her', async () => {
    await signInToConsole(page, 'owner@aurora.example');
    await page.goto('/console/team');
    await page.getByRole('link', { name: 'Convidar para a equipe' }).click();
    await page.getByLabel('Nome').fill('Iara Nunes');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Enviar convite' }).click();
    await expect(page.getByText(`Convite enviado para ${email}`)).toBeVisible();
    const row = page.getByRole('row', { name: new RegExp(email) });
    await expect(row.getByText('Convidada')).toBeVisible();
  });

  const invitation = await mailTo(email, /^Seu acesso ao console de Aurora Telecom$/);
  const agent = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();

  await test.step('she accepts and is signed in', async () => {
    await agent.goto(linkIn(invitation, 'accept-invitation'));
    await expect(agent.getByRole('heading', { name: 'Equipe de Aurora Telecom' })).toBeVisible();
    await expect(agent.getByText('Helena Prado convidou você')).toBeVisible();
    await expectAccessible(agent);
    await agent.getByLabel('Seu nome').fill('Iara N.');
    await agent.getByLabel('Crie uma senha').fill(PASSWORD);
    await agent.getByRole('button', { name: 'Aceitar e entrar' }).click();
    await expect(agent.getByRole('heading', { name: 'Caixa de entrada' })).toBeVisible();
  });

  await test.step('she answers a ticket in her name', async () => {
    await agent.goto('/console/inbox?view=all');
    await agent
      .getByRole('link', { name: /Internet cai/ })
      .first()
      .click();
    await agent.getByRole('textbox', { name: /Resposta para/ }).fill(answer);
    await agent.getByRole('button', { name: 'Enviar' }).click();
    await expect(agent.getByLabel('Mensagens').getByText(answer)).toBeVisible();
    await expect(agent.getByLabel('Mensagens').getByText('Iara N.').last()).toBeVisible();
  });

  await test.step('she may not invite anybody', async () => {
    await agent.goto('/console/team/new');
    await expect(agent.getByRole('heading', { name: 'Sem acesso' })).toBeVisible();
  });

  await test.step('she changes her password and stays signed in', async () => {
    await agent.goto('/console/profile');
    await agent.getByLabel('Senha atual').fill(PASSWORD);
    await agent.getByLabel('Nova senha').fill(`${PASSWORD}, de novo`);
    await agent.getByRole('button', { name: 'Mudar senha' }).click();
    await expect(agent.getByText('Senha mudada. As outras sessões foram encerradas')).toBeVisible();
    await agent.reload();
    await expect(agent.getByRole('heading', { name: 'Meu perfil' })).toBeVisible();
  });

  await test.step('the owner suspends her, and she is out at once', async () => {
    await page.goto(`/console/team?q=${encodeURIComponent(email)}`);
    await page.getByRole('link', { name: 'Iara N.' }).click();
    await page.getByRole('button', { name: 'Suspender acesso' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Suspender acesso' }).click();
    await expect(page.getByText('O acesso de Iara N. foi suspenso')).toBeVisible();
    await agent.goto('/console/inbox');
    await expect(agent.getByRole('heading', { name: 'Entrar no console' })).toBeVisible();
  });
});

test('an operator founds an organization, and its owner begins it', async ({ page, browser, baseURL }) => {
  const slug = `cometa-${Date.now()}`;
  const email = `dona@${slug}.example`;
  await signInToOps(page);
  await page.getByRole('link', { name: 'Criar organização' }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Cometa Internet');
  await page.getByLabel('Endereço').fill(slug);
  await page.getByLabel('Nome da pessoa').fill('Dora Cometa');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Criar e convidar' }).click();
  await expect(page.getByText(`O convite foi para ${email}`)).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(slug) }).getByText('Sem titular')).toBeVisible();

  const owner = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await owner.goto(linkIn(await mailTo(email, /Cometa Internet/), 'accept-invitation'));
  await expect(owner.getByText('Você vai ser titular')).toBeVisible();
  await owner.getByLabel('Crie uma senha').fill(PASSWORD);
  await owner.getByRole('button', { name: 'Aceitar e entrar' }).click();
  await expect(owner.getByRole('heading', { level: 1, name: /Faltam \d+ passos/ })).toBeVisible();
  await owner.goto(`/o/${slug}/portal/login`);
  await expect(owner.getByRole('heading', { level: 1 })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('row', { name: new RegExp(slug) }).getByText('Ativa')).toBeVisible();
});
