import { describe, expect, it } from 'vitest';
import { json, me, openPortal, problem, settle, signedIn } from './harness.js';

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

  it('asks before changes are lost', async () => {
    const portal = await openPortal('/settings');
    await portal.type('Nome', 'Outra');
    void portal.router.push('/');
    await settle();
    expect(portal.text()).toContain('Sair sem salvar?');
    await portal.click('Ficar na página');
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
