import { describe, expect, it } from 'vitest';
import { type Api, json, listOf, openConsole, pick, problem, signedIn } from './harness.js';

function working(more: Api = {}): Api {
  let status = 'active';
  const aurora = { id: 'o-1', slug: 'aurora', name: 'Aurora Telecom', createdAt: '2026-01-01T12:00:00Z' };
  return {
    'GET /ops/auth/me': () => json({ user: { id: 'x-1', email: 'operator@balcao.example', name: 'Operação' } }),
    'GET /ops/organizations': () => json(listOf([{ ...aurora, status, awaitsOwner: false, portals: 2 }])),
    'PATCH /ops/organizations/o-1': ({ body }) => {
      status = (body as { status: string }).status;
      return json({ organization: {} });
    },
    'GET /health/ready': () => json({ status: 'ok' }),
    ...more,
  };
}

describe('operations', () => {
  it('have a door of their own: a staff session does not open it', async () => {
    const page = await openConsole('/ops', { session: 'staff' });
    expect(page.path()).toBe('/ops/login');
    expect(page.heading()).toBe('Acesso da operação');
  });

  it('sign in and see organizations and health', async () => {
    const page = await openConsole('/ops/login', {
      session: 'none',
      api: working({
        'POST /ops/auth/login': () => {
          signedIn('operator');
          return json({});
        },
      }),
    });
    await page.type('E-mail', 'operator@balcao.example');
    await page.type('Senha', 'balcao-demo-2026');
    await page.click('Entrar');
    expect(page.path()).toBe('/ops');
    expect(page.text()).toMatch(/Portais[\s\S]*Aurora Telecom[\s\S]*2/);
    expect(page.text()).toContain('A API responde');
    expect(page.button('Abrir as filas').getAttribute('href')).toBe('/ops/queues');
  });

  it('see when the database is away', async () => {
    const page = await openConsole('/ops', {
      session: 'operator',
      api: working({ 'GET /health/ready': () => problem(503, 'service_unavailable') }),
    });
    expect(page.text()).toContain('A API está sem o banco de dados');
  });

  it('suspend and restore an organization, with the proof that the page asked', async () => {
    const page = await openConsole('/ops', { session: 'operator', api: working() });
    await pick(page, 'Ações de Aurora Telecom', 'Suspender');
    expect(await page.dialog()).toContain('deixam de entrar agora mesmo');
    await page.click('Suspender');
    const [call] = page.called('PATCH /ops/organizations/o-1');
    expect(call!.body).toEqual({ status: 'suspended' });
    expect(call!.headers.get('x-balcao-csrf')).toBe('token');
    await pick(page, 'Ações de Aurora Telecom', 'Restaurar');
    await page.click('Restaurar');
    expect(page.text()).toContain('Aurora Telecom está ativa de novo');
  });

  it('create an organization and invite its owner', async () => {
    const created = { organization: { id: 'o-2', name: 'Cometa Ação' }, owner: { email: 'dona@cometa.example' } };
    const page = await openConsole('/ops/new', {
      session: 'operator',
      api: working({ 'POST /ops/organizations': () => json(created, 201) }),
    });
    await page.click('Criar e convidar');
    expect(page.errorOf('Endereço')).toContain('letras minúsculas');
    await page.type('Nome', 'Cometa Ação');
    expect(page.field('Endereço').value).toBe('cometa-acao');
    await page.type('Endereço', 'cometa');
    await page.type('Nome', 'Cometa Ação e Cia');
    expect(page.field('Endereço').value).toBe('cometa');
    await page.type('Nome da pessoa', 'Dora');
    await page.type('E-mail', 'dona@cometa.example');
    await page.click('Criar e convidar');
    expect(page.called('POST /ops/organizations')[0]!.body).toEqual({
      name: 'Cometa Ação e Cia',
      slug: 'cometa',
      locale: 'pt-BR',
      isSandbox: false,
      ownerName: 'Dora',
      ownerEmail: 'dona@cometa.example',
    });
    expect(page.path()).toBe('/ops');
    expect(page.text()).toContain('O convite foi para dona@cometa.example');
  });

  it('invite the owner again where nobody has accepted', async () => {
    const waiting = { id: 'o-2', slug: 'cometa', name: 'Cometa', status: 'active', awaitsOwner: true, portals: 1 };
    const page = await openConsole('/ops', {
      session: 'operator',
      api: working({
        'GET /ops/organizations': () => json(listOf([{ ...waiting, createdAt: '2026-01-01T12:00:00Z' }])),
        'POST /ops/organizations/o-2/owner-invitation': () =>
          json({ organization: waiting, owner: { email: 'outra@cometa.example' } }),
      }),
    });
    expect(page.text()).toContain('Sem titular');
    await pick(page, 'Ações de Cometa', 'Convidar titular');
    expect(await page.dialog()).toContain('Os convites anteriores deixam de valer');
    await page.type('Nome da pessoa', 'Outra');
    await page.type('E-mail', 'outra@cometa.example');
    await page.click('Enviar convite');
    expect(page.called('POST /ops/organizations/o-2/owner-invitation')[0]!.body).toEqual({
      name: 'Outra',
      email: 'outra@cometa.example',
    });
    expect(page.text()).toContain('Convite enviado para outra@cometa.example');
  });
});
