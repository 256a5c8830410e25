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
        now = { ...now, ...(body as { signupSlug?: string }), version: 5 };
        return json({ portal: now, arriving: [] });
      },
      ...api,
    }),
  });
}
const main = () => document.querySelector('main')!.textContent;
const link = () => document.querySelector<HTMLAnchorElement>('main a[target="_blank"][href*="/signup/"]')?.href;
const ADDRESS = 'https://balcao.example/o/aurora/portal/signup/';

describe('S0.55 the signup page’s address', () => {
  it('stands there whole, with a link to it, and says that the signup is closed', async () => {
    await open();
    await eventually(() => expect(link()).toBe(`${ADDRESS}cadastro`));
    expect(main()).toContain(`${ADDRESS}cadastro`);
    expect(main()).toContain('O cadastro está fechado');
  });

  it('is another once it is saved, and nothing else is sent along', async () => {
    const page = await open();
    await page.type('Nome na página de cadastro', 'seja-cliente');
    await page.click('Salvar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toEqual({ signupSlug: 'seja-cliente', version: 4 });
    await eventually(() => expect(link()).toBe(`${ADDRESS}seja-cliente`));
  });

  it('that is taken or no name at all keeps what was typed, with the reason beside it', async () => {
    const errors = [{ path: 'signupSlug', code: 'slug_taken', message: 'Este endereço já está em uso.' }];
    const page = await open({ 'PATCH portals/p-1': () => problem(400, 'validation_failed', { errors }) });
    await page.type('Nome na página de cadastro', 'Não é');
    await page.click('Salvar');
    await eventually(() => expect(main()).toContain('Use letras minúsculas'));
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
    await page.type('Nome na página de cadastro', 'boreal');
    await page.click('Salvar');
    await eventually(() => expect(main()).toContain('Este endereço já está em uso.'));
    expect(page.field('Nome na página de cadastro').value).toBe('boreal');
  });
});
