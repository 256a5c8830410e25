import { expect, test, type Page } from '@playwright/test';
import { ask } from './api.js';

/** Opens the signup of a portal, as the owner who is signed in on this page; `more` changes other settings. */
export async function openSignup(owner: Page, signup: object = {}, more: object = {}): Promise<void> {
  const { data } = await ask<{ data: { id: string; version: number }[] }>(owner, 'GET', '/api/v1/admin/portals');
  await ask(owner, 'PATCH', `/api/v1/admin/portals/${data[0]!.id}`, {
    version: data[0]!.version,
    settings: { signup: { enabled: true, ...signup }, ...more },
  });
}

/** What the page says while the register has no answer. */
export const SLOW_TODAY = /O registro público está lento hoje/;

/** Types one number after another in a signup's first step, expects what the page makes of each, and looks at it. */
export async function expectAnswers(
  page: Page,
  answers: [cnpj: string, said: RegExp, look?: (page: Page) => Promise<void>][],
): Promise<void> {
  for (const [cnpj, said, look] of answers) {
    await test.step(`${cnpj}: ${said.source}`, async () => {
      await page.getByRole('textbox', { name: 'CNPJ' }).fill(cnpj);
      await expect(page.getByText(said).first()).toBeVisible({ timeout: 30_000 });
      await look?.(page);
    });
  }
}

/** Fills in the second step of a signup. */
export async function fillAdministrator(page: Page, name: string, email: string, password: string): Promise<void> {
  await page.getByLabel('Seu nome').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Crie uma senha').fill(password);
  for (const box of await page.getByRole('checkbox').all()) await box.check();
}

/** Signs a company up that the local register does not know, so that it waits for staff. */
export async function signUpForReview(page: Page, cnpj: string, company: string, email: string): Promise<void> {
  await page.goto('/o/aurora/portal/signup/aurora');
  await page.getByRole('textbox', { name: 'CNPJ' }).fill(cnpj);
  await expect(page.getByText('O registro ainda não tem este CNPJ')).toBeVisible();
  await page.getByRole('button', { name: 'Preencher meus dados' }).click();
  await page.getByLabel('Razão social').fill(company);
  await fillAdministrator(page, 'Carolina Sampaio', email, 'pão quente de manhã');
  await page.getByRole('button', { name: 'Criar cadastro' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Recebemos seu cadastro' })).toBeVisible();
}
