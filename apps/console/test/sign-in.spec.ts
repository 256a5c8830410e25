import { describe, expect, it } from 'vitest';
import { json, me, openConsole, problem, signedIn, type Call } from './harness.js';

const accounts = [
  { organizationId: '1', organizationSlug: 'aurora', organizationName: 'Aurora Telecom' },
  { organizationId: '2', organizationSlug: 'brisa', organizationName: 'Brisa Internet' },
];
const enter = () => {
  signedIn('staff');
  return json(me());
};

describe('signing in', () => {
  it('goes where one wanted to go', async () => {
    const page = await openConsole('/console/team/roles', { session: 'none', api: { 'POST auth/login': enter } });
    await page.type('E-mail', ' rafael@aurora.example ');
    await page.type('Senha', 'balcao-demo-2026');
    await page.click('Entrar');
    expect(page.called('POST auth/login')[0]!.body).toEqual({
      email: 'rafael@aurora.example',
      password: 'balcao-demo-2026',
    });
    expect(page.path()).toBe('/console/team/roles');
  });

  it('never follows an address to the outside', async () => {
    const page = await openConsole('/console/login?next=//evil.example', {
      session: 'none',
      api: { 'POST auth/login': enter },
    });
    await page.type('E-mail', 'rafael@aurora.example');
    await page.type('Senha', 'balcao-demo-2026');
    await page.click('Entrar');
    expect(page.path()).toBe('/console/inbox');
  });

  it('asks which organization where several fit', async () => {
    const login = ({ body }: Call) =>
      (body as { organizationSlug?: string }).organizationSlug
        ? enter()
        : problem(400, 'multiple_accounts', { accounts });
    const page = await openConsole('/console/login', { session: 'none', api: { 'POST auth/login': login } });
    await page.type('E-mail', 'rafael@aurora.example');
    await page.type('Senha', 'balcao-demo-2026');
    await page.click('Entrar');
    expect(page.text()).toContain('Em qual organização');
    await page.click('Brisa Internet');
    expect(page.called('POST auth/login')[1]!.body).toMatchObject({ organizationSlug: 'brisa' });
    expect(page.path()).toBe('/console/inbox');
  });

  it('says where the browser keeps no cookie', async () => {
    const api = { 'POST auth/login': enter, 'GET auth/me': () => problem(401, 'unauthenticated') };
    const page = await openConsole('/console/login', { session: 'none', api });
    await page.type('E-mail', 'rafael@aurora.example');
    await page.type('Senha', 'balcao-demo-2026');
    await page.click('Entrar');
    expect(page.text()).toContain('Este navegador não guardou o cookie');
    expect(page.path()).toBe('/console/login');
  });

  it('keeps what was typed when it is refused', async () => {
    const page = await openConsole('/console/login', {
      session: 'none',
      api: {
        'POST auth/login': () => problem(401, 'invalid_credentials', { detail: 'E-mail ou senha não conferem.' }),
      },
    });
    await page.type('E-mail', 'rafael@aurora.example');
    await page.type('Senha', 'errada');
    await page.click('Entrar');
    expect(page.alert()).toBe('E-mail ou senha não conferem.');
    expect(page.field('E-mail').value).toBe('rafael@aurora.example');
  });

  it('says the way out where it says to wait', async () => {
    const api = { 'POST auth/login': () => problem(429, 'rate_limited') };
    const page = await openConsole('/console/login', { session: 'none', api });
    await page.type('E-mail', 'rafael@aurora.example');
    await page.type('Senha', 'errada');
    await page.click('Entrar');
    expect(page.alert()).toContain('use o link “Esqueci a senha”');
  });
});

describe('a forgotten password', () => {
  it('is answered the same for every address', async () => {
    const page = await openConsole('/console/forgot-password', {
      session: 'none',
      api: { 'POST auth/forgot-password': () => json({ message: '' }, 202) },
    });
    await page.type('E-mail', 'rafael@aurora.example');
    await page.click('Enviar link');
    expect(page.text()).toContain('Se rafael@aurora.example tiver acesso');
  });

  it('is set anew with the token of the link', async () => {
    const page = await openConsole('/console/reset-password#token=abc', {
      session: 'none',
      api: {
        'POST auth/reset-link': () => json({ success: true }),
        'POST auth/reset-password': () => json({ message: '' }),
      },
    });
    await page.type('Nova senha', 'uma frase curta');
    await page.click('Salvar nova senha');
    expect(page.called('POST auth/reset-password')[0]!.body).toEqual({ token: 'abc', password: 'uma frase curta' });
    expect(page.text()).toContain('Senha nova salva');
  });

  it('cannot be set with a dead link', async () => {
    const page = await openConsole('/console/reset-password#token=abc', {
      session: 'none',
      api: { 'POST auth/reset-link': () => problem(400, 'token_invalid') },
    });
    expect(page.text()).toContain('Este link não vale mais');
  });
});
