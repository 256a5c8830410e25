import { describe, expect, it } from 'vitest';
import { eventually, json, openConsole, problem, type Api } from './harness.js';
import { portal, working } from './portals.js';

async function open(api: Api = {}) {
  let now = portal({ signupSlug: 'cadastro' });
  return openConsole('/console/portal/signup', {
    api: working({
      'GET portals': () => json({ data: [now] }),
      'GET portals/p-1': () => json({ portal: now }),
      'POST portals/slug/check': ({ body }) => json({ ...(body as object), isFree: true }),
      'PATCH portals/p-1': ({ body }) => {
        now = { ...now, signupSlug: (body as { signupSlug?: string }).signupSlug ?? now.signupSlug, version: 5 };
        return json({ portal: now, arriving: [] });
      },
      ...api,
    }),
  });
}
const main = () => document.querySelector('main')!.textContent;
const link = () => document.querySelector<HTMLAnchorElement>('main a[target="_blank"][href*="/signup/"]')?.href;
const ADDRESS = 'https://balcao.example/o/aurora/portal/signup/';

const preview = () =>
  [...document.querySelectorAll('main *')].flatMap(({ shadowRoot }) => shadowRoot?.textContent ?? []).join('');
const press = async (label: string) => {
  const buttons = [...document.querySelectorAll<HTMLElement>('#preview-body button')];
  buttons.find(({ textContent }) => textContent?.trim() === label)!.click();
  await eventually(() => undefined);
};
async function openPreview(signup: object, branding: object = {}) {
  const now = portal({});
  now.settings.signup = { ...now.settings.signup, ...signup };
  now.settings.branding = { ...now.settings.branding, ...branding };
  const api = working({ 'GET portals': () => json({ data: [now] }), 'GET portals/p-1': () => json({ portal: now }) });
  return openConsole('/console/portal/signup', { api });
}

describe('the preview of the signup page', () => {
  it('that is shut says so, and leads to the sign-in, as the page does', async () => {
    await openPreview({ enabled: false });
    await eventually(() => expect(preview()).toContain('não recebe novos cadastros por aqui no momento'));
    expect(preview()).toContain('Entrar');
    expect(preview()).toContain('Já tenho acesso');
  });

  it('has both steps, with the terms, their version and an address that is refused', async () => {
    const terms = { termsUrl: 'https://aurora.example/t', privacyUrl: null, termsVersion: '2026-11' };
    await openPreview({ enabled: true, acceptsCpf: true, refusesPersonalEmail: true }, terms);
    await eventually(() => expect(preview()).toContain('Quem vai ser cliente?'));
    expect(preview()).toContain('Voltar');
    expect(preview()).not.toContain('Li e aceito');
    await press('Etapa 2');
    await eventually(() => expect(preview()).toContain('Li e aceito os termos de uso'));
    expect(preview()).toContain('Versão 2026-11');
    expect(preview()).not.toContain('política de privacidade');
    expect(preview()).toContain('endereços pessoais não são aceitos aqui');
  });
});

describe('S0.55 the signup page’s address', () => {
  it('stands there whole, with a link to it, and says that the signup is closed', async () => {
    await open();
    await eventually(() => expect(link()).toBe(`${ADDRESS}cadastro`));
    expect(main()).toContain(`${ADDRESS}cadastro`);
    expect(main()).toContain('O cadastro está fechado');
  });

  it('is published with the rest of the tab by its one button', async () => {
    const page = await open();
    document.querySelector<HTMLElement>('button[role="switch"][aria-label="Conferir todos os cadastros"]')!.click();
    await page.type('Nome na página de cadastro', 'seja-cliente');
    expect(page.text()).toContain('2 alterações não publicadas');
    expect(() => page.button('Salvar')).toThrow();
    await page.click('Publicar');
    const { settings } = portal({});
    expect(page.called('PATCH portals/p-1')[0]!.body).toEqual({
      signupSlug: 'seja-cliente',
      settings: { signup: { ...settings.signup, reviewsEverySignup: true } },
      version: 4,
    });
    await eventually(() => expect(link()).toBe(`${ADDRESS}seja-cliente`));
  });

  it('that is taken or no name at all keeps what was typed, with the reason beside it', async () => {
    const errors = [{ path: 'signupSlug', code: 'slug_taken', message: 'Este endereço já está em uso.' }];
    const page = await open({ 'PATCH portals/p-1': () => problem(400, 'validation_failed', { errors }) });
    await page.type('Nome na página de cadastro', 'Não é');
    await page.click('Publicar');
    await eventually(() => expect(main()).toContain('Use letras minúsculas'));
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
    await page.type('Nome na página de cadastro', 'boreal');
    await page.click('Publicar');
    await eventually(() => expect(main()).toContain('Este endereço já está em uso.'));
    expect(page.field('Nome na página de cadastro').value).toBe('boreal');
  });
});
