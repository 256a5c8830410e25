import { describe, expect, it, vi } from 'vitest';
import { eventually, json, listOf, me, openPortal, problem, settle, type Api } from './harness.js';

/** Another tab of this browser. */
const tellTabs = async () => {
  const tab = new BroadcastChannel('balcao-session portal /o/aurora');
  tab.postMessage('changed');
  await vi.waitFor(() => new Promise((resolve) => setTimeout(resolve, 20)));
  tab.close();
  await settle();
};

const bruno = () => ({
  ...me(),
  user: { ...me().user, id: 'u-2', name: 'Bruno Alves', email: 'bruno@padaria.example' },
});
const gate = () => document.querySelector<HTMLDialogElement>('dialog');

describe('a tab whose browser has become another person’s', () => {
  let now: () => Response;
  const opened = async (path: string, api: Api = {}) => {
    now = () => json(me());
    return openPortal(path, { api: { 'GET auth/me': () => now(), ...api } });
  };

  it('covers its page where another tab tells, and goes on where its person is back, with all that was typed', async () => {
    const portal = await opened('/tickets/new');
    await portal.type('Conte um pouco mais', 'Só da Ana');
    expect(gate()).toBeNull();
    now = () => json(bruno());
    await tellTabs();
    expect(gate()!.open).toBe(true);
    expect(gate()!.textContent).toContain('Agora Bruno Alves está neste navegador');
    expect(gate()!.textContent).toContain('bruno@padaria.example · Padaria Estrela');
    expect(document.title).toBe('Agora Bruno Alves está neste navegador');
    now = () => json(me());
    await tellTabs();
    expect(gate()).toBeNull();
    expect(portal.field('Conte um pouco mais').value).toBe('Só da Ana');
    expect(document.title).toContain('Aurora');
  });

  it('says with each request for whom it is, and covers its page where the API refuses that', async () => {
    const portal = await opened('/', { 'GET tickets': () => problem(409, 'session_changed') });
    now = () => json(bruno());
    await portal.router.push('/tickets');
    await settle();
    expect(portal.called('GET tickets').at(-1)!.headers.get('x-session-user')).toBe('u-1');
    expect(portal.called('GET auth/me').at(-1)!.headers.get('x-session-user')).toBe('');
    expect(gate()!.textContent).toContain('Esta aba era de Ana Ribeiro');
  });

  it('looks when somebody comes back to it and its cookie is another', async () => {
    await opened('/');
    now = () => json(bruno());
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(gate()).toBeNull();
    document.cookie = 'balcao_portal_csrf_token=another; path=/';
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(gate()).not.toBeNull();
  });

  it('lets its person back in by ending the other’s session, whom that tells', async () => {
    const assign = vi.fn();
    const { origin, pathname, hash } = location;
    vi.stubGlobal('location', { ...location, assign, origin, pathname, hash });
    const portal = await opened('/tickets', { 'POST auth/logout': () => json({ success: true }) });
    now = () => json(bruno());
    await tellTabs();
    const heard = vi.fn();
    const tab = new BroadcastChannel('balcao-session portal /o/aurora');
    tab.onmessage = heard;
    portal.button('Entrar de novo como Ana Ribeiro').click();
    await settle();
    expect(portal.called('POST auth/logout').at(-1)!.headers.get('x-session-user')).toBe('');
    expect(assign).toHaveBeenCalledWith('/login?next=/tickets');
    await eventually(() => expect(heard).toHaveBeenCalled());
    tab.close();
  });
});

describe('a tab whose session has ended elsewhere', () => {
  it('leads to the sign-in page and from there back, and nothing private is left on it', async () => {
    let ended = false;
    const portal = await openPortal('/tickets', {
      api: {
        'GET auth/me': () => (ended ? problem(401, 'unauthenticated') : json(me())),
        'GET tickets': () => json(listOf([])),
      },
    });
    ended = true;
    await tellTabs();
    expect(portal.text()).toContain('Sua sessão terminou.');
    expect(portal.router.currentRoute.value.query['next']).toBe('/tickets');
    expect(portal.text()).not.toContain('Ana Ribeiro');
    ended = false;
    await tellTabs();
    expect(portal.path()).toBe('/tickets');
  });

  it.each([
    ['/settings', 'Nome', 'Salvar', 'PATCH profile'],
    ['/team', 'E-mail', 'Enviar convite', 'POST invitations'],
  ])('keeps what it refused to save: %s', async (path, label, action, call) => {
    const portal = await openPortal(path, {
      api: {
        'GET auth/me': () => json(me({ permissions: ['users:read', 'users:invite'] })),
        'GET team': () => json(listOf([])),
        'GET team/roles': () => json({ data: [{ id: 'r-1', name: 'Administração' }] }),
        'GET invitations': () => json(listOf([])),
        [call]: () => problem(401, 'unauthenticated'),
      },
    });
    if (path === '/team') {
      await portal.click('Convidar');
      await portal.type('Nome da pessoa', 'Ivo');
    }
    await portal.type(label, 'ivo@padaria.example');
    await portal.click(action);
    expect(portal.called(call)).toHaveLength(1);
    expect(gate()!.textContent).toContain('Nesta aba há alterações não salvas');
    await tellTabs();
    expect(gate()).toBeNull();
    expect(portal.field(label).value).toBe('ivo@padaria.example');
  });

  it('covers what was not saved until its person is back', async () => {
    let ended = false;
    const portal = await openPortal('/settings', {
      api: { 'GET auth/me': () => (ended ? problem(401, 'unauthenticated') : json(me())) },
    });
    await portal.type('Nome', 'Ana Maria');
    ended = true;
    await tellTabs();
    expect(gate()!.textContent).toContain('Sua sessão terminou');
    expect(gate()!.textContent).toContain('Nesta aba há alterações não salvas');
    ended = false;
    await tellTabs();
    expect(gate()).toBeNull();
    expect(portal.field('Nome').value).toBe('Ana Maria');
  });
});

describe('a page that a link leads to', () => {
  const invitation = {
    email: 'nova@padaria.example',
    name: 'Nova',
    organizationName: 'Aurora Telecom',
    billingAccountName: 'Padaria Estrela',
    expiresAt: '2026-12-01T12:00:00Z',
  };
  const api: Api = { 'POST auth/invitation': () => json({ invitation }) };

  it.each([true, false])('says who is signed in on this browser, if somebody is: %s', async (session) => {
    const portal = await openPortal('/accept-invitation#token=x', { api, session });
    expect(portal.text().includes('Neste navegador Ana Ribeiro está com a sessão aberta')).toBe(session);
    expect(portal.text().includes('você entra como nova@padaria.example e Ana Ribeiro sai')).toBe(session);
  });
});
