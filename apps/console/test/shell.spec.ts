import { describe, expect, it } from 'vitest';
import { eventually, json, listOf, me, openConsole, settle, type Api } from './harness.js';
import { useSessionStore } from '../src/stores/session.js';

const account = { id: 'b-1', name: 'Padaria Estrela', externalId: null, createdAt: '2026-03-01T12:00:00Z' };
const found: Api = {
  'GET billing-accounts': ({ query }) => json(listOf(query.get('q') === 'padaria' ? [account] : [])),
  'GET portal-users': () => json(listOf([])),
};
const options = () => [...document.querySelectorAll('[role="option"]')].map((option) => option.textContent?.trim());
async function openPalette(): Promise<void> {
  dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, cancelable: true }));
  await eventually(() => expect(document.querySelector('[role="combobox"]')).not.toBeNull());
  await settle();
}
async function search(text: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('[role="combobox"]')!;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 350));
  await settle();
}

describe('the palette', () => {
  it('reaches every page and action that the role allows', async () => {
    await openConsole('/console', { api: found });
    await openPalette();
    expect(options()).toEqual(
      expect.arrayContaining([
        'Caixa de entrada',
        'Papéis do portal',
        'Segurança do portal',
        'Cadastrar cliente',
        'Convidar pessoa',
        'Sair',
      ]),
    );
  });

  it('leaves out what the role does not allow', async () => {
    await openConsole('/console', { api: { ...found, 'GET auth/me': () => json(me('agent')) } });
    await openPalette();
    expect(options()).toContain('Escrever artigo');
    expect(options()).not.toContain('Cadastrar cliente');
    expect(options()).not.toContain('Convidar pessoa');
  });

  it('finds customers on the server and goes to them', async () => {
    const page = await openConsole('/console', {
      api: { ...found, 'GET billing-accounts/b-1': () => json({ billingAccount: account }) },
    });
    await openPalette();
    await search('padaria');
    expect(options()).toEqual(['Padaria Estrela']);
    expect(page.called('GET billing-accounts').at(-1)!.query.get('q')).toBe('padaria');
    await page.press('Enter');
    expect(page.path()).toBe('/console/customers/b-1');
  });
});

describe('the language of the menu', () => {
  it('is the person’s from then on, for mails too, whatever was chosen before', async () => {
    const saved = { ...me(), user: { ...me().user, locale: 'en-US' as const } };
    const page = await openConsole('/console', { api: { ...found, 'PATCH profile': () => json(saved) } });
    await useSessionStore().speak('en-US');
    expect(page.called('PATCH profile')[0]!.body).toEqual({ locale: 'en-US' });
    expect(useSessionStore().me?.user.locale).toBe('en-US');
  });
});

describe('signing out', () => {
  it('forgets who was there', async () => {
    const page = await openConsole('/console', { api: { ...found, 'POST auth/logout': () => json(undefined, 204) } });
    await openPalette();
    await search('sair');
    await page.press('Enter');
    expect(page.path()).toBe('/console/login');
    expect(page.called('POST auth/logout')[0]!.headers.get('x-balcao-csrf')).toBe('token');
  });
});
