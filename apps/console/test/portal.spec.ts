import { describe, expect, it } from 'vitest';
import { defaultTheme } from '@balcao/theming';
import type { Portal } from '../src/api/types.js';
import { json, me, openConsole, problem, settle, type Api } from './harness.js';

const portal = (more: Partial<Portal> = {}): Portal => ({
  id: 'p-1',
  slug: 'aurora',
  name: 'Aurora Telecom',
  isDefault: true,
  customDomain: null,
  domainVerified: false,
  branding: {
    logoUrl: null,
    logoDarkUrl: null,
    faviconUrl: null,
    theme: {
      light: { ...defaultTheme.light, secondary: null, accent: null },
      dark: { ...defaultTheme.dark, secondary: null, accent: null },
    },
    welcomeMessage: 'Sua conta, sem fila.',
    supportEmail: null,
    supportPhone: null,
    footerText: null,
    languages: ['pt-BR', 'en-US'],
    defaultLocale: 'pt-BR',
    showBalcaoMark: true,
  },
  features: {
    tickets: true,
    assetCheckout: false,
    selfService: true,
    passwordReset: true,
    invitations: true,
    knowledgeBase: true,
  },
  security: { sessionAbsoluteDays: 30, lockThreshold: 10, lockMinutes: 30 },
  allowedInvitationDomains: ['padaria.example'],
  version: 4,
  updatedAt: '2026-11-18T12:00:00Z',
  ...more,
});
const working = (more: Api = {}): Api => ({
  'GET portals': () => json({ data: [portal()] }),
  'GET portals/p-1': () => json({ portal: portal() }),
  'PATCH portals/p-1': ({ body }) =>
    json({ portal: { ...portal(), ...(body as object), version: 5, branding: portal().branding } }),
  ...more,
});
const colour = (which: number) => document.querySelectorAll<HTMLInputElement>('input[name^="primary"]')[which]!;
async function typeColour(which: number, value: string): Promise<void> {
  colour(which).value = value;
  colour(which).dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
const preview = () => document.querySelector<HTMLElement>('[role="img"][aria-label*="claro"]')!;

describe('the appearance', () => {
  it('is seen while it is chosen, and stays readable whatever it is', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    expect(preview().style.getPropertyValue('--brand')).toBe('#13725c');
    await typeColour(0, 'gold');
    expect(preview().style.getPropertyValue('--brand')).toBe('#ffd700');
    expect(preview().style.getPropertyValue('--brand-fg')).toBe('#000000');
    const contrast = document.querySelector('[aria-labelledby="contrast-title"]')!;
    expect(contrast.querySelectorAll('.text-danger')).toHaveLength(0);
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
  });

  it('is published with the version that was read', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    await typeColour(0, ' hsl(219 66% 38%) ');
    await page.type('Mensagem na entrada', 'Bem-vinda, bem-vindo.');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      version: 4,
      name: 'Aurora Telecom',
      branding: {
        theme: { light: { primary: 'hsl(219 66% 38%)', secondary: null }, dark: { primary: '#4abfa4' } },
        welcomeMessage: 'Bem-vinda, bem-vindo.',
        logoUrl: null,
      },
    });
    expect(page.text()).toContain('O portal foi atualizado');
  });

  it('does not take what is no colour', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    await typeColour(1, 'quase azul');
    await page.click('Publicar');
    expect(page.text()).toContain('Não reconhecemos esta cor');
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
  });

  it('puts what the API refuses beside the field', async () => {
    const errors = [{ path: 'branding.logoUrl', code: 'not_a_url', message: 'Este endereço não serve.' }];
    const page = await openConsole('/console/portal', {
      api: working({ 'PATCH portals/p-1': () => problem(400, 'validation_failed', { errors }) }),
    });
    await page.type('Sobre fundo claro', 'https://cdn.example/x');
    await page.click('Publicar');
    expect(page.field('Sobre fundo claro').getAttribute('aria-invalid')).toBe('true');
  });

  it('shows what somebody else saved, if one wants that', async () => {
    let opened = false;
    const theirs = portal({ name: 'Aurora Fibra', version: 7 });
    const page = await openConsole('/console/portal', {
      api: working({
        'GET portals/p-1': () => json({ portal: opened ? theirs : ((opened = true), portal()) }),
        'PATCH portals/p-1': () => problem(409, 'conflict'),
      }),
    });
    await page.type('Nome do portal', 'Aurora');
    await page.click('Publicar');
    expect(page.field('Nome do portal').value).toBe('Aurora');
    await page.click('Ver a versão atual');
    expect(page.field('Nome do portal').value).toBe('Aurora Fibra');
    expect(page.alert()).toBeUndefined();
  });

  it('can only be looked at without the permission', async () => {
    const page = await openConsole('/console/portal', { api: working({ 'GET auth/me': () => json(me('agent')) }) });
    expect(page.text()).toContain('só quem administra a organização pode mudar');
    expect(page.field('Nome do portal').closest('fieldset')!.disabled).toBe(true);
  });
});

describe('the other parts', () => {
  it('switch features', async () => {
    const page = await openConsole('/console/portal/features', { api: working() });
    await page.click('Empréstimo de equipamentos');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      version: 4,
      features: { assetCheckout: true, tickets: true },
    });
  });

  it('take security numbers within their limits', async () => {
    const page = await openConsole('/console/portal/security', { api: working() });
    await page.type('Duração da sessão', '400');
    await page.click('Publicar');
    expect(page.errorOf('Duração da sessão')).toContain('de 1 a 365');
    await page.type('Duração da sessão', '7');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      security: { sessionAbsoluteDays: 7, lockThreshold: 10, lockMinutes: 30 },
    });
  });

  it('take domains one a line', async () => {
    const page = await openConsole('/console/portal/invitations', { api: working() });
    await page.type('Domínios', 'padaria.example\nquase um domínio');
    await page.click('Publicar');
    expect(page.errorOf('Domínios')).toContain('não parece um domínio');
    await page.type('Domínios', 'padaria.example\n@Oficina.example');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      allowedInvitationDomains: ['padaria.example', 'oficina.example'],
    });
  });
});
