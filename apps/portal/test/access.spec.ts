import { describe, expect, it } from 'vitest';
import { branding, json, listOf, me, openPortal, problem } from './harness.js';

describe('what a person sees', () => {
  it('follows the portal: what is switched off is nowhere', async () => {
    const portal = await openPortal('/help', {
      api: { 'GET auth/me': () => json(me({ features: { knowledgeBase: false } })) },
    });
    expect(portal.heading()).toBe('Página não encontrada');
    expect(portal.path()).toBe('/help');
    expect(portal.links()).toContain('Chamados');
    expect(portal.links()).not.toContain('Ajuda');
    expect(portal.called('GET kb')).toHaveLength(0);
  });

  it('follows the role: what it does not allow is explained', async () => {
    const portal = await openPortal('/tickets/new', {
      api: { 'GET auth/me': () => json(me({ permissions: ['tickets:read_own'] })) },
    });
    expect(portal.heading()).toBe('Sem acesso');
    expect(portal.text()).toContain('Seu papel não vê esta página');
  });

  it('does not offer to open a ticket without the permission', async () => {
    const portal = await openPortal('/', {
      api: { 'GET auth/me': () => json(me({ permissions: ['tickets:read_own'] })) },
    });
    expect(() => portal.button('Abrir chamado')).toThrow();
  });

  it('leaves nobody before an empty page', async () => {
    const portal = await openPortal('/nada/aqui');
    expect(portal.heading()).toBe('Página não encontrada');
  });
});

describe('S2.6 the portals of an organization', () => {
  const ways = () => [...document.querySelectorAll('a')].map(({ textContent, href }) => [textContent.trim(), href]);
  const manage = { name: 'Gestão Aurora', address: 'https://gestao.aurora.example/portal/' };
  const partners = { name: 'Parceiros', address: 'https://parceiros.aurora.example/portal/' };

  const menuAt = async (portals: object[]) => {
    const page = await openPortal('/', { api: { 'GET auth/portals': () => json(listOf(portals)) } });
    return page.menu('AR: conta de Ana Ribeiro, Padaria Estrela');
  };
  const here = { name: 'Aurora', address: 'https://aurora.example/portal/', isThis: true };
  const there = [manage, partners].map((portal) => ({ ...portal, isThis: false }));

  it('are in the menu of whoever is in, but for the one that is open', async () => {
    const items = await menuAt([here, ...there]);
    const all = items.map((item) => [item.textContent!.trim(), (item as HTMLAnchorElement).href]);
    expect(all.filter(([, href]) => href?.startsWith('https:'))).toEqual([
      [manage.name, manage.address],
      [partners.name, partners.address],
    ]);
    expect(document.body.textContent).toContain('Outros portais: lá você entra de novo');
  });

  it('are not spoken of where there is but one', async () => {
    const items = await menuAt([here]);
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ textContent }) => textContent!.trim())).not.toContain('Aurora');
    expect(document.body.textContent).not.toMatch(/Outros? porta/);
  });

  const refusedWith = async (portals: object[]) => {
    const page = await openPortal('/login', {
      session: false,
      api: {
        'POST auth/login': () => problem(403, 'portal_role_not_allowed', { portals }),
        'GET branding': () => json({ branding: branding({ supportPhone: '0800 765 4321' }) }),
      },
    });
    await page.type('E-mail', 'ana@padaria.example');
    await page.type('Senha', 'balcao-demo-2026');
    await page.click('Entrar');
    expect(page.heading()).toBe('Este portal não é para o seu acesso');
    return page;
  };

  it('are where somebody is sent whose role this one does not let in', async () => {
    const page = await refusedWith([manage, partners]);
    expect(page.alert()).toBe('O seu acesso entra por estes portais, com o mesmo e-mail e a mesma senha.');
    expect(ways()).toEqual([
      [expect.stringContaining(manage.name), manage.address],
      [expect.stringContaining(partners.name), partners.address],
    ]);
    await page.click('Entrar com outro acesso');
    expect(page.heading()).toContain('Sua conta com Aurora');
  });

  it('that are none for a role leave whom to call', async () => {
    const page = await refusedWith([]);
    expect(page.alert()).toContain('Nenhum portal está aberto ao seu acesso.');
    expect(ways().map(([, href]) => href)).toContain('tel:08007654321');
  });

  it('are shown to whoever was in when the portal ceased to let the role in', async () => {
    const page = await openPortal('/', {
      api: { 'GET auth/me': () => problem(403, 'portal_role_not_allowed', { portals: [manage] }) },
    });
    expect(page.heading()).toBe('Este portal não é para o seu acesso');
    expect(ways()).toEqual([[expect.stringContaining(manage.name), manage.address]]);
  });
});

describe('a portal', () => {
  it('that does not exist says so', async () => {
    const portal = await openPortal('/login', {
      session: false,
      api: { 'GET branding': () => problem(404, 'not_found') },
    });
    expect(portal.heading()).toBe('Este portal não existe');
  });

  it('of a suspended organization says so', async () => {
    const portal = await openPortal('/login', {
      session: false,
      api: { 'GET branding': () => problem(403, 'organization_suspended') },
    });
    expect(portal.heading()).toBe('Este portal está suspenso');
  });

  it('that did not load can be asked again', async () => {
    let broken = true;
    const portal = await openPortal('/login', {
      session: false,
      api: {
        'GET branding': () => (broken ? problem(503, 'service_unavailable') : json({ branding: branding() })),
      },
    });
    expect(portal.heading()).toBe('Esta página não carregou');
    broken = false;
    await portal.click('Tentar de novo');
    expect(portal.heading()).toContain('Sua conta com Aurora');
  });

  it('whose API says nothing at all shows no way in to who is signed in, and asks for both again', async () => {
    let broken = true;
    const or = (answer: unknown) => () => (broken ? problem(503, 'service_unavailable') : json(answer));
    const portal = await openPortal('/tickets?q=a', {
      api: { 'GET branding': or({ branding: branding() }), 'GET auth/me': or(me()) },
    });
    expect(portal.heading()).toBe('Esta página não carregou');
    broken = false;
    await portal.click('Tentar de novo');
    expect(portal.heading()).toBe('Chamados');
    expect(portal.path()).toBe('/tickets?q=a');
  });

  it('speaks only the languages it offers', async () => {
    localStorage.setItem('balcao-locale', 'en-US');
    const portal = await openPortal('/login', {
      session: false,
      api: { 'GET branding': () => json({ branding: branding({ languages: ['pt-BR'] }) }) },
    });
    expect(document.documentElement.lang).toBe('pt-BR');
    expect(portal.text()).toContain('Não consegue entrar?');
    expect(document.querySelector('select[aria-label="Idioma"]')).toBeNull();
  });

  it('hides the way to a new password where that is switched off', async () => {
    const features = { ...branding().features, passwordReset: false };
    const portal = await openPortal('/login', {
      session: false,
      api: {
        'GET branding': () => json({ branding: branding({ features }) }),
        'POST auth/login': () => problem(429, 'rate_limited'),
      },
    });
    await portal.type('E-mail', 'ana@padaria.example');
    await portal.type('Senha', 'balcao-demo-2026');
    await portal.click('Entrar');
    expect(portal.alert()).toContain('Espere');
    expect(portal.text()).not.toContain('Esqueci a senha');
  });
});
