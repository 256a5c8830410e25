import { describe, expect, it } from 'vitest';
import { branding, json, me, openPortal, problem, settle, signedIn } from './harness.js';

describe('the profile', () => {
  it('saves what was changed and speaks the chosen language at once', async () => {
    const portal = await openPortal('/settings', {
      api: { 'PATCH profile': ({ body }) => json({ user: { ...me().user, ...(body as object) } }) },
    });
    await portal.type('Nome', ' Ana R. Lima ');
    const language = portal.field('Idioma') as unknown as HTMLSelectElement;
    language.value = 'en-US';
    language.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    await portal.click('Salvar');
    expect(portal.called('PATCH profile')[0]?.body).toEqual({
      name: 'Ana R. Lima',
      receiveNotifications: true,
      locale: 'en-US',
      timeZone: 'America/Sao_Paulo',
    });
    expect(portal.heading()).toBe('Settings');
    expect(document.documentElement.lang).toBe('en-US');
    expect(portal.text()).not.toContain('Unsaved changes');
  });

  it('offers a language that the portal has, where it stopped offering the chosen one', async () => {
    const portal = await openPortal('/settings', {
      api: {
        'GET branding': () => json({ branding: branding({ languages: ['en-US'], defaultLocale: 'en-US' }) }),
        'PATCH profile': ({ body }) => json({ user: { ...me().user, ...(body as object) } }),
      },
    });
    const language = portal.field('Language') as unknown as HTMLSelectElement;
    expect([...language.options].map(({ text }) => text)).toEqual(['English']);
    expect(language.value).toBe('en-US');
  });

  it('asks before changes are lost', async () => {
    const portal = await openPortal('/settings');
    await portal.type('Nome', 'Outra');
    void portal.router.push('/');
    await settle();
    expect(portal.text()).toContain('Sair sem salvar?');
    await portal.click('Continuar editando');
    expect(portal.path()).toBe('/settings');
    expect(portal.field('Nome').value).toBe('Outra');
  });
});

describe('the password', () => {
  const fill = async (api: Parameters<typeof openPortal>[1]) => {
    const portal = await openPortal('/settings/security', api);
    await portal.type('Senha atual', 'balcao-demo-2026');
    await portal.type('Nova senha', 'pão quente cedo');
    return portal;
  };

  it('keeps this session, says that the others ended and empties the form', async () => {
    const portal = await fill({ api: { 'POST profile/password': () => json(null, 204) } });
    await portal.click('Mudar senha');
    expect(portal.called('POST profile/password')[0]?.body).toEqual({
      currentPassword: 'balcao-demo-2026',
      newPassword: 'pão quente cedo',
    });
    expect(portal.path()).toBe('/settings/security');
    expect(portal.text()).toContain('As outras sessões foram encerradas');
    expect(portal.field('Nova senha').value).toBe('');
  });

  it('leads to the sign-in where this session was ended too', async () => {
    const portal = await fill({
      api: {
        'POST profile/password': () => {
          signedIn(false);
          return json(null, 204);
        },
      },
    });
    await portal.click('Mudar senha');
    expect(portal.path()).toBe('/login?reason=password');
    expect(portal.text()).toContain('entre com a nova');
  });

  it('says beside the field that the present one is wrong', async () => {
    const portal = await fill({
      api: {
        'POST profile/password': () => problem(403, 'wrong_current_password', { detail: 'A senha atual não confere.' }),
      },
    });
    await portal.click('Mudar senha');
    expect(portal.errorOf('Senha atual')).toBe('A senha atual não confere.');
    expect(portal.path()).toBe('/settings/security');
  });
});

describe('the sessions', () => {
  const at = '2026-11-18T11:41:00Z';
  const session = (id: string, more: object = {}) => ({
    id,
    current: false,
    browser: 'Safari',
    system: 'iOS',
    ip: '203.0.113.7',
    createdAt: at,
    lastSeenAt: at,
    ...more,
  });
  const here = session('a', { current: true, browser: 'Firefox', system: 'Linux' });

  /** An API that remembers what was ended. */
  const open = (...others: object[]) => {
    let sessions: { id: string }[] = [here, ...others] as { id: string }[];
    return openPortal('/settings/security', {
      api: {
        'GET profile/sessions': () => json({ sessions }),
        'DELETE profile/sessions/b': () => (
          (sessions = sessions.filter(({ id }) => id !== 'b')),
          json({ success: true })
        ),
        'DELETE profile/sessions': () => ((sessions = [here]), json({ success: true })),
      },
    });
  };

  it('are told with their device, and one is ended after a question', async () => {
    const portal = await open(session('b'), session('c', { browser: null, system: null }));
    expect(portal.text()).toContain('Firefox · Linux');
    expect(portal.text()).toContain('Este aparelho, agora · 203.0.113.7');
    expect(portal.text()).toContain('Aparelho desconhecido');
    await portal.click('Encerrar a sessão em Safari · iOS');
    expect(portal.text()).toContain('Encerrar a sessão em Safari · iOS?');
    expect(portal.called('DELETE profile/sessions/b')).toHaveLength(0);
    await portal.click('Encerrar sessão');
    expect(portal.text()).toContain('Sessão encerrada');
    expect(portal.text()).not.toContain('Safari · iOS ');
    expect(portal.called('GET profile/sessions')).toHaveLength(2);
  });

  it('are ended all but this one', async () => {
    const portal = await open(session('b'), session('c'));
    await portal.click('Encerrar as outras');
    const dialog = document.querySelector('[role="dialog"], [role="alertdialog"]')!;
    [...dialog.querySelectorAll('button')]
      .find((button) => button.textContent?.trim() === 'Encerrar as outras')!
      .click();
    await settle();
    expect(portal.called('DELETE profile/sessions')).toHaveLength(1);
    expect(portal.text()).not.toContain('Safari');
  });

  it('offer nothing to end where there is this one only', async () => {
    expect((await open()).text()).not.toContain('Encerrar');
  });
});
