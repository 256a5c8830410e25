import { describe, expect, it } from 'vitest';
import { inboxOf, json, me, openConsole, problem } from './harness.js';

describe('what somebody of the staff sees', () => {
  it('is everything for those who administer', async () => {
    const page = await openConsole('/console');
    expect(page.path()).toBe('/console/inbox');
    expect(page.links()).toEqual(
      expect.arrayContaining(['Caixa de entrada', 'Clientes', 'Artigos', 'Portal', 'Equipe']),
    );
  });

  it('leaves out what the role does not allow, in the menu and behind the address', async () => {
    const api = { 'GET auth/me': () => json(me('billing')) };
    const page = await openConsole('/console/invitations', { api });
    expect(page.heading()).toBe('Sem acesso');
    expect(page.path()).toBe('/console/invitations');
    expect(page.called('GET invitations')).toHaveLength(0);
    await page.click('Clientes');
    expect(page.links()).toEqual(expect.arrayContaining(['Contas', 'Pessoas', 'Papéis do portal']));
    expect(page.links()).not.toContain('Convites');
  });

  it('leads past the first tab where only another is allowed', async () => {
    const permissions = ['invitations:read'] as const;
    const api = {
      'GET auth/me': () => json({ ...me(), permissions }),
      'GET invitations': () => json(inboxOf([])),
    };
    const page = await openConsole('/console', { api });
    expect(page.path()).toBe('/console/invitations');
    expect(page.links()).toContain('Clientes');
  });

  it('begins with the first page that is allowed', async () => {
    const permissions = ['kb:read'] as const;
    const api = {
      'GET auth/me': () => json({ ...me(), permissions }),
      'GET kb/articles': () => json(inboxOf([])),
    };
    const page = await openConsole('/console', { api });
    expect(page.path()).toBe('/console/articles');
  });

  it('is a plain answer where nothing is', async () => {
    const page = await openConsole('/console/nada/aqui');
    expect(page.heading()).toBe('Página não encontrada');
  });
});

describe('a session', () => {
  it('that does not exist leads to the sign-in page and back, without asking the API', async () => {
    const page = await openConsole('/console/customers?q=padaria', { session: 'none' });
    expect(page.path()).toBe('/console/login?next=/console/customers?q=padaria');
    expect(page.calls).toHaveLength(0);
  });

  it('begun at the front door ends on the first page', async () => {
    const page = await openConsole('/console', { session: 'none' });
    expect(page.path()).toBe('/console/login');
  });

  it('that ends while it is used says so', async () => {
    const page = await openConsole('/console/customers', {
      api: { 'GET billing-accounts': () => problem(401, 'unauthenticated') },
    });
    expect(page.path()).toContain('/console/login');
    expect(page.text()).toContain('Sua sessão terminou');
  });

  it('is asked for a page that failed again only where one wants it', async () => {
    let broken = true;
    const page = await openConsole('/console/roles', {
      api: { 'GET roles': () => (broken ? problem(400, 'refused') : json({ data: [] })) },
    });
    expect(page.text()).toContain('Os papéis não carregaram');
    expect(page.text()).toContain('Código para o suporte: r-1');
    broken = false;
    await page.click('Tentar de novo');
    expect(page.text()).toContain('Nenhum papel ainda');
  });
});
