import { describe, expect, it } from 'vitest';
import { eventually, json, listOf, me, openConsole, problem, settle, type Api } from './harness.js';
import { hearLive, tell } from './live.js';
import { portal, working } from './portals.js';

const AUTHOR = { type: 'staff', id: 's-1', name: 'Helena Prado' };
const version = (number: number, changes: object[] = [], more: object = {}) => ({
  version: number,
  author: AUTHOR,
  note: null,
  restoredFrom: null,
  createdAt: '2026-11-02T12:00:00Z',
  changes,
  ...more,
});
const COLOUR = { setting: 'branding.theme.light.primary', before: '#214ea1', after: '#facc15' };
const CSS = { setting: 'style.customCss', before: '.a {\n  color: red\n}', after: '.a {\n  color: teal\n}' };

const history = (more: Api = {}): Api =>
  working({
    'GET portals/p-1/versions': () =>
      json(
        listOf([
          version(4, [COLOUR], { note: 'Cores novas' }),
          version(3, [
            { setting: 'invitations.allowedDomains', before: ['a.example'], after: ['b.example'] },
            { setting: 'branding.logoDarkUrl', before: null, after: '/pictures/o/2.png' },
          ]),
          version(2, [
            { setting: 'branding.footerText.en-US', before: null, after: 'Aurora' },
            { setting: 'features.tickets', before: true, after: false },
            { setting: 'branding.languages', before: ['pt-BR', 'en-US'], after: ['pt-BR'] },
            { setting: 'branding.logoUrl', before: null, after: '/pictures/o/1.png' },
            { setting: 'security.lockMinutes', before: 30, after: 5 },
            CSS,
          ]),
          version(1, [], { author: { type: 'demo', id: null, name: null } }),
        ]),
      ),
    'GET portals/p-1/versions/2': () =>
      json({
        version: version(2, [], {
          restoring: {
            version: 4,
            changes: [CSS, { setting: 'tickets.autoCloseDays', before: 3, after: 7 }],
            leftOut: [{ setting: 'branding.logoUrl', code: 'exists', message: 'Este item não existe mais.' }],
          },
        }),
      }),
    'POST portals/p-1/restore': () => json({ portal: portal({ version: 5 }), leftOut: [] }),
    ...more,
  });
const open = (more?: Api) => openConsole('/console/portal/history', { api: history(more) });
const line = (number: number) => document.querySelector(`[data-version="${number}"]`)!.textContent.replace(/\s+/g, ' ');
const dialog = () => document.querySelector('[role="dialog"]')!;
const press = async (label: string) => {
  [...dialog().querySelectorAll('button')].find((button) => button.textContent.trim() === label)!.click();
  await settle();
};

describe('B.12 the history of a portal', () => {
  it('tells who changed what, in words', async () => {
    const page = await open();
    expect(line(4)).toContain('Helena Prado');
    expect(line(4)).toContain('“Cores novas”');
    expect(line(4)).toContain('no ar');
    expect(line(4)).toMatch(/Cor da marca no tema claro\s*:\s*#214EA1.*passa a ser.*#FACC15/);
    expect(line(3)).toMatch(/Domínios que podem ser convidados.*− a\.example.*\+ b\.example/);
    expect(line(2)).toMatch(/Texto do rodapé \(English\)\s*:\s*vazio.*Aurora/);
    expect(line(2)).toMatch(/Chamados\s*:\s*ligado.*desligado/);
    expect(line(2)).toMatch(/Idiomas.*− English/);
    expect(document.querySelector('[data-version="2"] img')!.getAttribute('src')).toBe('/pictures/o/1.png');
    // Each on the ground that it was made for.
    const ground = (number: number) => document.querySelector(`[data-version="${number}"] img`)!.classList;
    expect([ground(2).contains('light'), ground(3).contains('dark')]).toEqual([true, true]);
    expect(line(3)).toContain('Logotipo sobre fundo escuro');
    expect(line(2)).not.toContain('30');
    await page.click('Mais 2 mudanças');
    expect(line(2)).toMatch(/em minutos\s*:\s*30.*5/);
    expect(line(2)).toContain('Folha de estilos · folha alterada');
    expect(line(1)).toContain('Demonstração');
    expect(line(1)).toContain('O portal foi criado.');
  });

  it('goes back after showing what that changes, line by line, and what cannot come back', async () => {
    const page = await open();
    await page.click('Voltar a esta versão: 2');
    await settle();
    const shown = dialog().textContent;
    expect(shown).toContain('color: teal');
    expect(dialog().querySelectorAll('pre .text-success')).toHaveLength(1);
    expect(shown).not.toContain('No newline');
    expect(shown).toMatch(/Logotipo sobre fundo claro: Este item não existe mais/);
    expect(shown).toContain('O que volta');
    expect(shown).toContain('Os endereços, o do portal e o do cadastro, e os papéis que entram ficam como estão hoje');
    await press('Voltar a esta versão');
    expect(page.called('POST portals/p-1/restore')[0]!.body).toEqual({
      version: 4,
      to: 2,
      sections: ['style', 'tickets'],
    });
    expect(page.text()).toContain('A versão voltou ao ar');
  });

  it('puts back the sections that are chosen, with a note', async () => {
    const page = await open();
    await page.click('Voltar a esta versão: 2');
    await settle();
    dialog().querySelector<HTMLElement>('[role="checkbox"]')!.click();
    await settle();
    expect(dialog().textContent).not.toContain('Folha de estilo');
    await press('Voltar a esta versão');
    expect(page.called('POST portals/p-1/restore')[0]!.body).toMatchObject({ sections: ['tickets'] });
  });

  it.each([true, false])(
    'puts back what it showed, else says that somebody was faster and shows anew what it would change: told %s',
    async (tells) => {
      hearLive();
      let now = 4;
      const days = () => ({ setting: 'tickets.autoCloseDays', before: now, after: 7 });
      const page = await open({
        'GET portals/p-1': () => json({ portal: portal({ version: now }) }),
        'GET portals/p-1/versions/2': () =>
          json({ version: version(2, [], { restoring: { version: now, changes: [days()], leftOut: [] } }) }),
        'POST portals/p-1/restore': ({ body }) =>
          (body as { version: number }).version === now
            ? json({ portal: portal({ version: 6 }), leftOut: [] })
            : problem(409, 'conflict'),
      });
      const asked = () => page.called('GET portals/p-1/versions/2').length;
      const sent = () => page.called('POST portals/p-1/restore').map(({ body }) => body as { version: number });
      await page.click('Voltar a esta versão: 2');
      await settle();
      expect(dialog().textContent).toMatch(/:\s*4\s*→?.*7/);
      now = 5;
      if (tells) {
        const before = page.called('GET portals/p-1').length;
        tell({ name: 'portal.changed', ids: { portalId: 'p-1' } });
        await eventually(() => expect(page.called('GET portals/p-1').length).toBeGreaterThan(before));
        await settle();
      }
      expect(dialog().textContent).toMatch(/:\s*4\s*→?.*7/);
      const before = asked();
      await press('Voltar a esta versão');
      expect(sent()).toMatchObject([{ version: 4 }]);
      expect(dialog().textContent).toContain('Alguém publicou outra mudança');
      expect(asked()).toBeGreaterThan(before);
      expect(dialog().textContent).toMatch(/:\s*5\s*→?.*7/);
      await press('Voltar a esta versão');
      expect(sent().at(-1)).toMatchObject({ version: 5 });
    },
  );

  it('offers no way back to whoever may only look', async () => {
    const page = await open({ 'GET auth/me': () => json(me('agent')) });
    expect(line(3)).toContain('b.example');
    expect(page.text()).not.toContain('Voltar a esta versão');
  });
});

describe('B.12 what was just published', () => {
  it('is counted before, and can be undone', async () => {
    const saved = { ...portal(), version: 5 };
    const page = await openConsole('/console/portal/security', {
      api: history({ 'PATCH portals/p-1': () => json({ portal: saved }) }),
    });
    await page.type('Duração do bloqueio, em minutos', '5');
    expect(page.text()).toContain('1 alteração não publicada');
    expect(page.text()).toContain('a versão de 18/11/2026 continua no ar');
    await page.click('Publicar');
    await page.click('Desfazer');
    expect(page.called('POST portals/p-1/restore')[0]!.body).toEqual({ version: 5, to: 4, sections: ['security'] });
    expect(page.text()).toContain('A publicação foi desfeita');
  });
});
