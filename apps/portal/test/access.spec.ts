import { describe, expect, it } from 'vitest';
import { branding, json, me, openPortal, problem } from './harness.js';

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
