import { describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { setLocale } from '@balcao/ui';
import { TABS } from '../src/features/portal/sections.js';
import { eventually, json, listOf, me, openConsole, problem, settle } from './harness.js';
import { hearLive, tell } from './live.js';
import { portal, working } from './portals.js';

const colour = (which: number) => document.querySelectorAll<HTMLInputElement>('input[name^="primary"]')[which]!;
async function typeColour(which: number, value: string): Promise<void> {
  colour(which).value = value;
  colour(which).dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}
/** What is inside of the preview, which has a tree of its own. */
const within = (label: string) =>
  document
    .querySelector(`[role="img"][aria-label*="${label}"] > div`)!
    .shadowRoot!.querySelector<HTMLElement>('[inert]')!;
const preview = () => within('claro');

it.each(['nada', 'constructor'])(
  'a tab that is none (%s) is no page, at the address that was asked for',
  async (name) => {
    const page = await openConsole(`/console/portal/${name}`, { api: working() });
    await eventually(() => expect(page.text()).toContain('Página não encontrada'));
    expect(page.path()).toBe(`/console/portal/${name}`);
  },
);

it('below the tabs stands the skeleton of a part that is long on its way', async () => {
  let arrive = () => {};
  const component = TABS['history']!.component!;
  const slow = vi.spyOn(TABS['history']!, 'component');
  slow.mockImplementation(() => new Promise((resolve) => (arrive = () => resolve(component()))));
  const page = await openConsole('/console/portal/history', {
    api: working({ 'GET portals/p-1/versions': () => json(listOf([])) }),
  });
  const skeleton = () => document.querySelector('main [aria-busy="true"] .animate-pulse');
  await eventually(() => expect(page.text()).toContain('Carregando'));
  expect(skeleton()).not.toBeNull();
  arrive();
  await eventually(() => expect(page.text()).toContain('Ainda não há versões'));
  expect(skeleton()).toBeNull();
  slow.mockRestore();
});

describe('the appearance', () => {
  it('that an ended session refuses is kept until its person is back', async () => {
    const page = await openConsole('/console/portal', {
      api: working({ 'PATCH portals/p-1': () => problem(401, 'unauthenticated') }),
    });
    await page.type('Texto do rodapé (English)', 'Aurora');
    await page.click('Publicar');
    expect(document.querySelector('dialog')!.textContent).toContain('Nesta aba há alterações não salvas');
    expect(page.field('Texto do rodapé (English)').value).toBe('Aurora');
  });

  it('is seen while it is chosen, and stays readable whatever it is', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    expect(preview().style.getPropertyValue('--brand')).toBe('#13725c');
    await typeColour(0, 'gold');
    expect(preview().style.getPropertyValue('--brand')).toBe('#ffd700');
    expect(preview().style.getPropertyValue('--brand-fg')).toBe('#000000');
    const contrast = document.querySelector('[aria-labelledby="contrast-title"]')!;
    expect(contrast.querySelectorAll('.text-danger')).toHaveLength(0);
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
  });

  it('S0.46 follows the one colour that is chosen in the other theme, and says so until that has its own', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    const swatch = (which: number) => colour(which).closest('span')!.querySelector<HTMLElement>('[aria-hidden]')!;
    expect([0, 1].map((which) => colour(which).placeholder)).toEqual(['Do Balcão (#13725c)', 'Do Balcão (#4abfa4)']);
    await typeColour(0, '#facc15');
    expect(colour(1).placeholder).toBe('Segue a clara (#edd36e)');
    expect(swatch(1).style.backgroundColor).toBe('#edd36e');
    document.querySelector<HTMLElement>('#preview-body button[title="Tema escuro"]')!.click();
    await settle();
    expect(within('escuro').style.getPropertyValue('--brand')).toBe('#edd36e');
    await typeColour(1, '#123456');
    expect(within('escuro').style.getPropertyValue('--brand')).toBe('#123456');
    await typeColour(1, '');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      settings: { branding: { theme: { light: { primary: '#facc15' }, dark: { primary: null } } } },
    });
  });

  it('welcomes in the language of what surrounds it, where that one is offered', async () => {
    await openConsole('/console/portal', { api: working() }).then((page) =>
      page.type('Mensagem na entrada (English)', 'Your account, no queue.'),
    );
    expect(preview().textContent).toContain('Sua conta, sem fila.');
    await setLocale('en-US');
    await settle();
    const english = () => within('light').textContent;
    expect(english()).toContain('Your account, no queue.');
    document.querySelector<HTMLElement>('button[role="switch"][aria-label="English"]')!.click();
    await settle();
    expect(english()).toContain('Sua conta, sem fila.');
  });

  it('is published with the version that was read', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    await typeColour(0, ' hsl(219 66% 38%) ');
    await page.type('Mensagem na entrada (Português)', 'Bem-vinda, bem-vindo.');
    await page.type('Mensagem na entrada (English)', ' Welcome ');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      version: 4,
      name: 'Aurora Telecom',
      settings: {
        branding: {
          theme: { light: { primary: 'hsl(219 66% 38%)', secondary: null }, dark: { primary: null } },
          welcomeMessage: { 'pt-BR': 'Bem-vinda, bem-vindo.', 'en-US': 'Welcome' },
          footerText: { 'pt-BR': null, 'en-US': null },
          logoUrl: null,
        },
      },
    });
    expect(page.text()).toContain('O portal foi atualizado');
  });

  it.each(['quase azul', '#13725c80', 'rgba(19, 114, 92, 0.5)'])('does not take %s for a colour', async (typed) => {
    const page = await openConsole('/console/portal', { api: working() });
    await typeColour(1, typed);
    await page.click('Publicar');
    expect(page.text()).toContain('Não reconhecemos esta cor, ou ela não é opaca.');
    expect(colour(1).value).toBe(typed);
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
  });

  it.each([
    ['pt-BR', 'Não reconhecemos esta cor'],
    ['en-US', 'We don’t recognize this color'],
  ] as const)('marks what is no colour as soon as it is left, in %s', async (locale, words) => {
    const page = await openConsole('/console/portal', { api: working() });
    await setLocale(locale);
    await typeColour(1, 'quase azul');
    expect(page.text()).not.toContain(words);
    colour(1).dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    await settle();
    expect(page.text()).toContain(words);
    await typeColour(1, '#123456');
    expect(page.text()).not.toContain(words);
  });

  it('puts what the API refuses beside the field', async () => {
    const errors = [
      { path: 'settings.branding.logoUrl', code: 'pictureSides', message: 'A imagem tem pixels demais.' },
      { path: 'settings.branding.footerText.en-US', code: 'maxLength', message: 'Longo demais.' },
    ];
    const page = await openConsole('/console/portal', {
      api: working({ 'PATCH portals/p-1': () => problem(400, 'validation_failed', { errors }) }),
    });
    await page.type('Texto do rodapé (English)', 'Aurora');
    await page.click('Publicar');
    expect(document.querySelector('[data-field="logoUrl"] [role="alert"]')!.textContent).toContain('pixels demais');
    expect(document.activeElement!.getAttribute('aria-label')).toBe('Escolher: Logotipo sobre fundo claro');
    expect(page.errorOf('Texto do rodapé (English)')).toContain('Longo demais');
  });

  it('shows what somebody else saved, if one wants that, and keeps what was typed where they left it', async () => {
    let opened = false;
    const theirs = portal({ name: 'Aurora Fibra', version: 7 });
    const page = await openConsole('/console/portal', {
      api: working({
        'GET portals/p-1': () => json({ portal: opened ? theirs : ((opened = true), portal()) }),
        'PATCH portals/p-1': () => problem(409, 'conflict'),
      }),
    });
    await page.type('Nome do portal', 'Aurora');
    await page.type('Texto do rodapé (English)', 'Only mine');
    await page.click('Publicar');
    expect(page.field('Nome do portal').value).toBe('Aurora');
    await page.click('Ver a versão atual');
    expect(await page.dialog()).toContain('Descartar o que você digitou?');
    await page.click('Agora não');
    expect(page.field('Nome do portal').value).toBe('Aurora');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1').map(({ body }) => (body as { version: number }).version)).toEqual([4, 4]);
    await page.click('Ver a versão atual');
    await page.click('Descartar e ver a versão atual');
    expect(page.field('Nome do portal').value).toBe('Aurora Fibra');
    expect(page.field('Texto do rodapé (English)').value).toBe('Only mine');
    expect(page.alert()).toBeUndefined();
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1').at(-1)!.body).toMatchObject({ version: 7 });
  });

  it('says so as soon as somebody else has published something here, and shows it without losing what was typed', async () => {
    hearLive();
    let now = portal();
    const page = await openConsole('/console/portal', {
      api: working({ 'GET portals/p-1': () => json({ portal: now }) }),
    });
    const read = () => page.called('GET portals/p-1').length;
    await page.type('Texto do rodapé (English)', 'Only mine');
    now = portal({ version: 5 });
    tell({ name: 'portal.changed', ids: { portalId: 'p-1' } });
    await eventually(() => expect(read()).toBe(2));
    await settle();
    expect(page.text()).not.toContain('Outra pessoa mudou esta página');
    now = portal({ name: 'Aurora Fibra', version: 6 });
    tell({ name: 'portal.changed', ids: { portalId: 'p-1' } });
    await eventually(() => expect(page.text()).toContain('Outra pessoa mudou esta página'));
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
    await page.click('Ver a versão atual');
    expect(page.field('Nome do portal').value).toBe('Aurora Fibra');
    expect(page.field('Texto do rodapé (English)').value).toBe('Only mine');
    expect(page.text()).not.toContain('Outra pessoa mudou esta página');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1').at(-1)!.body).toMatchObject({ version: 6 });
  });

  describe('beside the settings', () => {
    it.each([
      ['style', 'Sua conta com Aurora Telecom'],
      ['features', 'Chamados abertos'],
      ['signup', 'O cadastro está fechado'],
      ['invitations', 'Só endereços de padaria.example.'],
      ['mail', 'Rafael respondeu ao seu chamado'],
    ])('of %s its page is shown, where nothing has the focus', async (tab, words) => {
      await openConsole(`/console/portal/${tab}`, { api: working() });
      await eventually(() => expect(preview().textContent).toContain(words));
      expect(preview().hasAttribute('inert')).toBe(true);
    });

    it('what is switched off is gone from it before it is published', async () => {
      await openConsole('/console/portal/features', { api: working() });
      await eventually(() => expect(preview().textContent).toContain('Abrir chamado'));
      document.querySelector<HTMLElement>('button[role="switch"][aria-label="Chamados"]')!.click();
      await settle();
      expect(preview().textContent).not.toContain('Abrir chamado');
    });

    it('the domains are there as they are typed, and any address where there is none', async () => {
      const page = await openConsole('/console/portal/invitations', { api: working() });
      await eventually(() => expect(preview().textContent).toContain('Convidar para a equipe'));
      await page.type('Domínios que podem ser convidados', 'cometa.example\nfilial.cometa.example');
      expect(preview().textContent).toContain('Só endereços de cometa.example ou filial.cometa.example.');
      const typed = () => preview().querySelector<HTMLInputElement>('input[name="preview-invitee"]')!.value;
      expect(typed()).toBe('bruno@cometa.example');
      await page.type('Domínios que podem ser convidados', '');
      expect(preview().textContent).not.toContain('Só endereços');
      expect(typed()).toBe('bruno@padaria.example');
    });

    it('where nobody can be invited there is no form to do so', async () => {
      const now = portal();
      now.settings.features = { ...now.settings.features, invitations: false };
      const api = {
        'GET portals': () => json({ data: [now] }),
        'GET portals/p-1': () => json({ portal: now }),
      };
      await openConsole('/console/portal/invitations', { api: working(api) });
      await eventually(() => expect(preview().textContent).toContain('Equipe'));
      expect(preview().textContent).not.toContain('Convidar');
    });

    it.each(['security', 'tickets'])('of %s nothing is shown: customers see nothing of them', async (tab) => {
      await openConsole(`/console/portal/${tab}`, { api: working() });
      expect(document.getElementById('preview-title')).toBeNull();
    });
  });

  it('can only be looked at without the permission', async () => {
    const page = await openConsole('/console/portal', { api: working({ 'GET auth/me': () => json(me('agent')) }) });
    expect(page.text()).toContain('só quem administra a organização pode mudar');
    expect(page.field('Nome do portal').closest('fieldset')!.disabled).toBe(true);
  });
});

describe('the other parts', () => {
  it('switch features', async () => {
    const page = await openConsole('/console/portal/features', { api: working() });
    expect(page.text()).not.toContain('Empréstimo de equipamentos');
    await page.click('Redefinir a senha');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      version: 4,
      settings: { features: { passwordReset: false, tickets: true } },
    });
  });

  it('take security numbers within their limits', async () => {
    const page = await openConsole('/console/portal/security', { api: working() });
    await page.type('Duração da sessão', '400');
    await page.click('Publicar');
    expect(page.errorOf('Duração da sessão')).toContain('de 1 a 365');
    await page.type('Duração da sessão', '7');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      settings: { security: { sessionAbsoluteDays: 7, lockThreshold: 10, lockMinutes: 30 } },
    });
  });

  it('keep what is typed while a change is on its way', async () => {
    const security = { ...portal().settings.security, lockMinutes: 41 };
    const saved = portal({ version: 5, settings: { ...portal().settings, security } });
    let arrive = (_answer: Response) => {};
    const page = await openConsole('/console/portal/security', {
      api: working({ 'PATCH portals/p-1': () => new Promise<Response>((answer) => (arrive = answer)) }),
    });
    await page.type('Duração do bloqueio', '41');
    await page.click('Publicar');
    await page.type('Duração da sessão', '12');
    arrive(json({ portal: saved }));
    await eventually(() => expect(page.text()).toContain('1 alteração não publicada'));
    expect(page.field('Duração do bloqueio').value).toBe('41');
    expect(page.field('Duração da sessão').value).toBe('12');
  });

  it('are asked about by every form of the page before changes are lost', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    await page.click('Segurança');
    await page.type('Duração da sessão', '7');
    for (const elsewhere of ['Chamados', 'Equipe']) {
      await page.click(elsewhere);
      expect(await page.dialog()).toContain('Sair sem salvar?');
      await page.click('Continuar editando');
      expect(page.path()).toBe('/console/portal/security');
    }
    await page.click('Chamados');
    await page.dialog();
    await page.click('Sair sem salvar');
    expect(page.path()).toBe('/console/portal/tickets');
  });

  /** Another tab is chosen while a change is on its way, and more typed before that. */
  const publishing = async (more?: string) => {
    let arrive = (_answer: Response) => {};
    const page = await openConsole('/console/portal/security', {
      api: working({ 'PATCH portals/p-1': () => new Promise<Response>((answer) => (arrive = answer)) }),
    });
    await page.type('Duração da sessão', '7');
    await page.click('Publicar');
    if (more) await page.type('Duração do bloqueio', more);
    page.button('Chamados').click();
    const security = { ...portal().settings.security, sessionAbsoluteDays: 7 };
    const saved = json({ portal: portal({ version: 5, settings: { ...portal().settings, security } }) });
    return { page, agree: () => arrive(saved), refuse: () => arrive(problem(503, 'unavailable')) };
  };

  it('are not asked about while they are being published: who leaves goes once they are', async () => {
    const { page, agree } = await publishing();
    agree();
    await eventually(() => expect(page.path()).toBe('/console/portal/tickets'));
    expect(document.querySelector('[role="dialog"]')).toBeNull();
  });

  it.each([
    ['publishing was refused', 'refuse', undefined],
    ['more was typed meanwhile', 'agree', '41'],
  ] as const)('are asked about where %s', async (_what, answer, more) => {
    const { page, [answer]: say } = await publishing(more);
    say();
    expect(await page.dialog()).toContain('Sair sem salvar?');
    await page.click('Continuar editando');
    expect(page.path()).toBe('/console/portal/security');
    expect(page.field(more ? 'Duração do bloqueio' : 'Duração da sessão').value).toBe(more ?? '7');
  });

  it('are asked about before another portal takes their place, which only the end of the address tells', async () => {
    const other = portal({ id: 'p-2', name: 'Gestão Aurora', isDefault: false });
    const page = await openConsole('/console/portal/security', {
      api: working({
        'GET portals': () => json({ data: [portal(), other] }),
        'GET portals/p-2': () => json({ portal: other }),
      }),
    });
    const chosen = document.querySelector<HTMLSelectElement>('select[aria-label="Qual portal"]')!;
    const choose = async () => {
      chosen.value = 'p-2';
      chosen.dispatchEvent(new Event('change', { bubbles: true }));
      expect(await page.dialog()).toContain('Sair sem salvar?');
    };
    await page.type('Duração da sessão', '7');
    await choose();
    await page.click('Continuar editando');
    expect([page.path(), chosen.value]).toEqual(['/console/portal/security', 'p-1']);
    expect(page.field('Duração da sessão').value).toBe('7');
    await choose();
    await page.click('Sair sem salvar');
    await eventually(() => expect(page.field('Duração da sessão').value).toBe('30'));
    expect(page.path()).toBe('/console/portal/security?portal=p-2');
  });

  it('take domains one a line', async () => {
    const page = await openConsole('/console/portal/invitations', { api: working() });
    await page.type('Domínios', 'padaria.example\nquase um domínio');
    await page.click('Publicar');
    expect(page.errorOf('Domínios')).toContain('não parece um domínio');
    await page.type('Domínios', 'padaria.example\n@Oficina.example');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      settings: { invitations: { allowedDomains: ['padaria.example', 'oficina.example'] } },
    });
  });
});

describe('the languages', () => {
  it('S0.47 are chosen, and the one to begin with is among them', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    const switchOf = (language: string) =>
      [...document.querySelectorAll<HTMLElement>('[role="switch"]')].find((element) =>
        element.parentElement?.parentElement?.textContent?.includes(language),
      )!;
    const [portuguese, english] = ['Português', 'English'].map(switchOf) as [HTMLElement, HTMLElement];
    portuguese.click();
    await settle();
    await page.click('Publicar');
    expect(page.text()).toContain('Este idioma está desligado');
    english.click();
    await settle();
    await page.click('Publicar');
    expect(page.text()).toContain('Deixe ligado pelo menos um idioma');
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
    portuguese.click();
    english.click();
    await settle();
    await page.type('Texto do rodapé (Português)', 'Aurora');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({
      settings: { branding: { languages: ['pt-BR', 'en-US'], defaultLocale: 'pt-BR' } },
    });
  });
});

describe('a colour that cannot be read', () => {
  it('is told beside its field, with what is used in its place', async () => {
    const page = await openConsole('/console/portal', { api: working() });
    expect(page.text()).not.toContain('esta cor tem contraste');
    await typeColour(0, 'gold');
    expect(page.text()).toContain('Sobre a página esta cor tem contraste 1,4:1');
  });
});

describe('S3.45 the stylesheet', () => {
  const customCss = '.a { color: red }\n@import "x";\n.b { background: url(https://evil.example) }';
  const refusing = () =>
    problem(400, 'validation_failed', {
      errors: [
        { path: 'settings.style.customCss', code: 'css_at_rule', line: 2, message: 'Só @media: @import' },
        {
          path: 'settings.style.customCss',
          code: 'css_url',
          line: 3,
          params: { column: 6, found: 'url(' },
          message: 'Só data:',
        },
      ],
    });

  it('is published apart from the rest', async () => {
    const page = await openConsole('/console/portal/style', { api: working() });
    await page.type('Folha de estilos', '.a { color: red }');
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toEqual({
      version: 4,
      settings: { style: { customCss: '.a { color: red }' } },
    });
  });

  it('shows every line that is refused, and leads there', async () => {
    const page = await openConsole('/console/portal/style', { api: working({ 'PATCH portals/p-1': refusing }) });
    await page.type('Folha de estilos', customCss);
    await page.click('Publicar');
    expect(page.text()).toContain('2 linhas não podem ser aceitas.');
    expect(page.text()).toContain('Linha 2, coluna 1Só @media: @import');
    const selected = () => {
      const field = document.activeElement as HTMLTextAreaElement;
      return field.value.slice(field.selectionStart, field.selectionEnd);
    };
    expect(selected()).toBe('@import "x";');
    expect(page.field('Folha de estilos').value).toBe(customCss);
    await page.click('Linha 3, coluna 6');
    expect(selected()).toBe('background: url(https://evil.example) }');
  });

  it('is asked about after a pause, by what was typed last, and mended lines are named no more', async () => {
    const asked: string[] = [];
    const looked = ({ body }: { body?: unknown }) => {
      const { customCss: css } = body as { customCss: string };
      asked.push(css);
      const problems = css.includes('@import')
        ? [
            {
              path: 'customCss',
              code: 'css_at_rule',
              line: 2,
              params: { column: 1, found: '@import' },
              message: 'Só @media',
            },
          ]
        : [];
      return json({ css: css.includes('@import') ? '.dark{}' : ':where(#app) .a{color:red}', problems });
    };
    const page = await openConsole('/console/portal/style', {
      api: working({ 'POST portals/p-1/style/preview': looked }),
    });
    const first = page.type('Folha de estilos', '.a { color');
    await nextTick(); // seen, and on a busy machine nevertheless no pause
    await page.type('Folha de estilos', customCss);
    await first;
    await eventually(() => expect(page.text()).toContain('Linha 2, coluna 1Só @media'));
    expect(asked).toEqual([customCss]);
    await page.type('Folha de estilos', '.a { color: red }');
    expect(page.text()).not.toContain('Linha 2');
    await eventually(() => expect(asked).toEqual([customCss, '.a { color: red }']));
    await eventually(() => expect(page.text()).not.toContain('não podem ser aceitas'));
    expect(page.called('PATCH portals/p-1')).toHaveLength(0);
  });

  it('says no more of a text that was changed', async () => {
    const page = await openConsole('/console/portal/style', { api: working({ 'PATCH portals/p-1': refusing }) });
    await page.type('Folha de estilos', customCss);
    await page.click('Publicar');
    expect(page.errorOf('Folha de estilos')).toContain('2 linhas');
    await page.type('Folha de estilos', '.a { color: red }');
    expect(page.text()).not.toContain('Linha 2, coluna 1');
    expect(page.errorOf('Folha de estilos') ?? '').toBe('');
  });
});

describe('a picture that is chosen', () => {
  const KEPT = `/pictures/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}/${'a'.repeat(32)}.svg`;
  const field = (what: string) => document.querySelector(`[data-field="logoUrl"] ${what}`);
  const choose = (type: string, content: string | number) => {
    const input = document.querySelector<HTMLInputElement>('input[data-picture="logoUrl"]')!;
    const part = typeof content === 'number' ? new Uint8Array(content) : content;
    Object.defineProperty(input, 'files', { configurable: true, value: [new File([part], 'logo', { type })] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
  const picture = (facts: object) => ({
    picture: { id: 'c-1', purpose: 'logoUrl', status: 'waiting', address: null, problem: null, ...facts },
  });

  it.each([
    ['of another kind', 'application/pdf', '%PDF', 'Escolha um PNG, JPEG, WebP, GIF, ICO ou SVG.'],
    ['as a text', 'text/html', '<svg/>', 'Escolha um PNG, JPEG, WebP, GIF, ICO ou SVG.'],
    ['that is empty', 'image/png', '', 'O arquivo está vazio.'],
    ['that is too large', 'image/png', 6 * 1_024 * 1_024, 'A imagem tem mais de 5 MB.'],
    ['as a large drawing', 'image/svg+xml', svg(' '.repeat(181 * 1_024)), 'O SVG tem mais de 180 kB.'],
  ])('%s is refused at once, where it was chosen', async (_what, type, content, words) => {
    const page = await openConsole('/console/portal', { api: working() });
    choose(type, content);
    await eventually(() => expect(field('[role="alert"]')?.textContent).toContain(words));
    expect(field('img')).toBeNull();
    expect(page.text()).not.toContain('Alterações não salvas');
  });

  it('S0.43 S3.34 is brought at once, and published when it is ready', async () => {
    let status = 'waiting';
    const page = await openConsole('/console/portal', {
      api: working({
        'POST portals/p-1/pictures': () => json(picture({})),
        'GET portals/p-1/pictures/c-1': () => json(picture({ status, address: status === 'ready' ? KEPT : null })),
      }),
    });
    choose('image/svg+xml', svg('<g/>'));
    await eventually(() => expect(field('[role="status"]')?.textContent ?? '').toContain('Preparando'));
    await page.click('Acesso e endereço');
    expect(await page.dialog()).toContain('Sair sem salvar?');
    await page.click('Continuar editando');
    await page.type('Telefone', '0800 765 0000');
    await page.click('Publicar');
    expect(field('[role="alert"]')?.textContent).toContain('ainda não está pronta');
    expect(page.called('PATCH portals/p-1')).toEqual([]);
    status = 'ready';
    await eventually(() => expect(field('img')?.getAttribute('src')).toBe(KEPT));
    await page.click('Publicar');
    expect(page.called('PATCH portals/p-1')[0]!.body).toMatchObject({ settings: { branding: { logoUrl: KEPT } } });
  });

  it('is refused with the reason, beside what was typed meanwhile', async () => {
    const problem = { code: 'isHarmlessSvg', message: 'Este SVG tem <script>.' };
    const page = await openConsole('/console/portal', {
      api: working({
        'POST portals/p-1/pictures/fetch': () => json(picture({})),
        'GET portals/p-1/pictures/c-1': () => json(picture({ status: 'refused', problem })),
      }),
    });
    await page.type('Telefone', '0800 765 0000');
    await page.click('Pelo endereço: Logotipo sobre fundo claro');
    await page.type('Endereço da imagem', 'https://example.com/logo.svg');
    await page.click('Buscar imagem');
    await eventually(() => expect(field('[role="alert"]')?.textContent ?? '').toContain('Este SVG tem <script>.'));
    expect(page.field('Telefone').value).toBe('0800 765 0000');
    expect(page.called('POST portals/p-1/pictures/fetch')[0]!.body).toMatchObject({
      purpose: 'logoUrl',
      address: 'https://example.com/logo.svg',
    });
  });
});
