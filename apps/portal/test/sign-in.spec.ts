import { describe, expect, it, vi } from 'vitest';
import { branding, eventually, give, json, openPortal, problem, settle, signedIn, type Api } from './harness.js';

const accounts = [
  {
    organizationId: 'o-1',
    organizationName: 'Aurora Telecom',
    billingAccountId: 'b-1',
    billingAccountName: 'Padaria Estrela',
  },
  {
    organizationId: 'o-1',
    organizationName: 'Aurora Telecom',
    billingAccountId: 'b-2',
    billingAccountName: 'Oficina Central',
  },
];
const opensSession: Api = {
  'POST auth/login': () => {
    signedIn(true);
    return json({ user: {} });
  },
};

async function openLogin(api: Api, path = '/login') {
  const portal = await openPortal(path, { api, session: false });
  await portal.type('E-mail', 'ana@padaria.example');
  await portal.type('Senha', 'balcao-demo-2026');
  return portal;
}

describe('the terms and the privacy notice', () => {
  const legal = { termsUrl: 'https://aurora.example/termos', privacyUrl: 'https://aurora.example/privacidade' };
  const links = () =>
    [...document.querySelectorAll('a[href^="https://aurora.example/"]')].map((link) => [
      link.textContent,
      link.getAttribute('href'),
    ]);
  const BOTH = [
    ['Termos de uso', legal.termsUrl],
    ['Privacidade', legal.privacyUrl],
  ];

  it.each(['/login', '/forgot-password', '/help', '/help/artigo', '/signup/aurora'])(
    'stand at the foot of %s before anybody signs in',
    async (path) => {
      const api = { 'GET branding': () => json({ branding: branding(legal) }) };
      await openPortal(path, { api, session: false });
      expect(links()).toEqual(BOTH);
      expect(document.querySelector('footer')!.textContent).toContain('Privacidade');
    },
  );

  it('stand below the menu of whoever is in, and on a phone below the home page', async () => {
    await openPortal('/', { api: { 'GET branding': () => json({ branding: branding(legal) }) } });
    await eventually(() => expect(links()).toEqual([...BOTH, ...BOTH]));
    const places = [...document.querySelectorAll('a[href^="https://aurora.example/p"]')];
    expect(places.map((link) => link.closest('aside, main')?.tagName)).toEqual(['ASIDE', 'ASIDE']);
    expect(places.map((link) => link.closest('main') !== null)).toEqual([false, true]);
  });

  it('are not there where the organization has none', async () => {
    const api = { 'GET branding': () => json({ branding: branding({ ...legal, termsUrl: null }) }) };
    await openPortal('/login', { api, session: false });
    expect(links()).toEqual([BOTH[1]]);
  });
});

describe('signing in', () => {
  it('asks nothing about a session that cannot exist', async () => {
    const portal = await openPortal('/login', { session: false });
    expect(portal.called('GET auth/me')).toHaveLength(0);
    expect(portal.heading()).toBe('Sua conta com Aurora, sem fila.');
  });

  it('asks for no branding that the page came with', async () => {
    give('branding', branding({ portalName: 'Boreal' }));
    const portal = await openPortal('/login', { session: false });
    expect(portal.called('GET branding')).toHaveLength(0);
    expect(document.title).toContain('Boreal');
    expect(document.getElementById('branding')).toBeNull();
  });

  it('asks for the branding where the browser went back to a page that it kept', async () => {
    const kept = vi.spyOn(performance, 'getEntriesByType');
    kept.mockReturnValue([{ type: 'back_forward' } as unknown as PerformanceEntry]);
    give('branding', branding({ portalName: 'Boreal' }));
    const portal = await openPortal('/login', { session: false });
    kept.mockRestore();
    expect(portal.called('GET branding')).toHaveLength(1);
    expect(document.title).not.toContain('Boreal');
  });

  it.each([
    [true, '/signup/aurora-clientes'],
    [false, undefined],
  ])('knows from the page whether companies sign up here: %s', async (open, path) => {
    give('signupPage', { slug: 'aurora-clientes', open });
    const portal = await openPortal('/login', { session: false });
    expect(document.querySelector('a[href^="/signup"]')?.getAttribute('href')).toBe(path);
    expect(portal.called('GET signup')).toHaveLength(0);
  });

  it('leads home', async () => {
    const portal = await openLogin(opensSession);
    await portal.click('Entrar');
    expect(portal.called('POST auth/login')[0]?.body).toEqual({
      email: 'ana@padaria.example',
      password: 'balcao-demo-2026',
    });
    expect(portal.path()).toBe('/');
    expect(portal.heading()).toMatch(/^(Bom dia|Boa tarde|Boa noite), Ana$/);
  });

  it('leads back to where one was going', async () => {
    const portal = await openLogin(opensSession, '/login?next=/tickets?status=open');
    await portal.click('Entrar');
    expect(portal.path()).toBe('/tickets?status=open');
  });

  it.each(['//evil.example/', 'https://evil.example/', '/login'])('never leads to %s', async (next) => {
    const portal = await openLogin(opensSession, `/login?next=${encodeURIComponent(next)}`);
    await portal.click('Entrar');
    expect(portal.path()).toBe('/');
  });

  it('says beside each field what is missing, and sends nothing', async () => {
    const portal = await openPortal('/login', { session: false });
    await portal.click('Entrar');
    expect(portal.errorOf('E-mail')).toBe('Escreva o e-mail.');
    expect(portal.errorOf('Senha')).toBe('Escreva a senha.');
    expect(document.activeElement).toBe(portal.field('E-mail'));
    expect(portal.called('POST auth/login')).toHaveLength(0);
  });

  it('tells a wrong password in words, keeps what was typed and stays', async () => {
    const portal = await openLogin({
      'POST auth/login': () => problem(401, 'invalid_credentials', { detail: 'E-mail ou senha não conferem.' }),
    });
    await portal.click('Entrar');
    expect(portal.alert()).toBe('E-mail ou senha não conferem.');
    expect(document.activeElement?.getAttribute('role')).toBe('alert');
    expect(portal.field('E-mail').value).toBe('ana@padaria.example');
    expect(portal.path()).toBe('/login');
  });

  it('says how long to wait', async () => {
    const portal = await openLogin({
      'POST auth/login': () => problem(429, 'rate_limited', {}, { 'retry-after': '840' }),
    });
    await portal.click('Entrar');
    expect(portal.alert()).toContain('Espere 14 minutos');
  });

  it.each([
    [429, 'rate_limited', true],
    // It says so itself, once.
    [403, 'account_locked', false],
    [401, 'invalid_credentials', false],
  ])('says the way out of %i %s: %s', async (status, code, isTold) => {
    const portal = await openLogin({ 'POST auth/login': () => problem(status, code) });
    await portal.click('Entrar');
    expect(portal.alert()?.includes('use o link “Esqueci a senha”')).toBe(isTold);
  });

  it.each([
    ['account_not_active', '/verify-email'],
    ['account_suspended', undefined],
  ])('of %s leads to another link: %s', async (code, address) => {
    const portal = await openLogin({ 'POST auth/login': () => problem(403, code) });
    await portal.click('Entrar');
    const link = document.querySelector<HTMLAnchorElement>('[role="alert"] a');
    expect(link?.getAttribute('href')).toBe(address);
    if (!link) return;
    link.click();
    await eventually(() => expect(portal.path()).toBe('/verify-email'));
  });

  it('says where the browser keeps no cookie, and that no session ended', async () => {
    const portal = await openLogin({ ...opensSession, 'GET auth/me': () => problem(401, 'unauthenticated') });
    await portal.click('Entrar');
    expect(portal.alert()).toBe(
      'Este navegador não guardou o cookie que mantém você dentro. Permita os cookies deste site e entre de novo.',
    );
    expect(portal.path()).toBe('/login');
  });

  it('is sent once, however often the button is pressed', async () => {
    let release = () => {};
    const portal = await openLogin({
      'POST auth/login': () => new Promise((resolve) => (release = () => resolve(problem(401, 'invalid_credentials')))),
    });
    portal.button('Entrar').click();
    portal.button('Entrar').click();
    await settle();
    release();
    await settle();
    expect(portal.called('POST auth/login')).toHaveLength(1);
  });

  it('lets one choose where several accounts fit', async () => {
    const portal = await openLogin({
      'POST auth/login': ({ body }) => {
        if (!(body as { billingAccountId?: string }).billingAccountId)
          return problem(400, 'multiple_accounts', { accounts });
        signedIn(true);
        return json({ user: {} });
      },
    });
    await portal.click('Entrar');
    expect(portal.text()).toContain('Em qual conta você quer entrar?');
    document.querySelectorAll<HTMLElement>('li button')[1]!.click();
    await settle();
    expect(portal.called('POST auth/login')[1]?.body).toMatchObject({
      organizationId: 'o-1',
      billingAccountId: 'b-2',
      password: 'balcao-demo-2026',
    });
    expect(portal.path()).toBe('/');
  });

  it('sends those who are signed in already home', async () => {
    const portal = await openPortal('/login');
    expect(portal.path()).toBe('/');
  });
});

describe('without a session', () => {
  it('remembers the page that was wanted', async () => {
    const portal = await openPortal('/tickets?q=modem', { session: false });
    expect(portal.path()).toBe('/login?next=/tickets?q=modem');
  });

  it('says that the session ended, and leads back after signing in', async () => {
    let expired = false;
    const portal = await openPortal('/', {
      api: {
        ...opensSession,
        'GET kb/categories': () => (expired ? problem(401, 'unauthenticated') : json({ data: [] })),
      },
    });
    expired = true;
    await portal.router.push('/help');
    await settle();
    expect(portal.path()).toContain('/login?next=/help');
    expect(portal.text()).toContain('Sua sessão terminou.');
    // Whoever was suspended meanwhile is promised no way back.
    expect(portal.text()).toContain('se o seu acesso mudou, fica sabendo por quê');
  });
});
