import { expect, type Page } from '@playwright/test';
import { DEMO_PASSWORD } from './addresses.js';

export async function signInToPortal(page: Page, email: string, slug = 'aurora'): Promise<void> {
  await page.goto(`/o/${slug}/portal/login`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page).not.toHaveURL(/login/);
}

export async function signInToConsole(page: Page, email: string): Promise<void> {
  await page.goto('/console');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByRole('heading', { name: 'Caixa de entrada' })).toBeVisible();
}

export async function signInToOps(page: Page): Promise<void> {
  await page.goto('/ops/login');
  await page.getByLabel('E-mail').fill('operator@balcao.example');
  await page.getByLabel('Senha', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByRole('heading', { name: 'Instalação' })).toBeVisible();
}
