import { FIRST_STEPS } from '@balcao/contracts';
import { describe, expect, it } from 'vitest';
import { eventually, json, me, openConsole, type Api } from './harness.js';
import { domain, record, right, sender, waiting } from './portals.js';
import { firstSteps } from '../src/registry/first-steps.js';

type State = 'open' | 'done' | 'postponed';

interface Waiting {
  name: string;
  portalId: string | null;
}

const answer = (
  states: Partial<Record<string, State>> = {},
  isNew = false,
  waits: Partial<Record<string, Waiting>> = {},
) => {
  const steps = FIRST_STEPS.map((name) => ({
    name,
    state: states[name] ?? 'open',
    count: states[name] === 'done' ? 4 : 0,
    waiting: waits[name] ?? null,
  }));
  return { gettingStarted: { steps, openCount: steps.filter(({ state }) => state === 'open').length, isNew } };
};
const api = (states?: Partial<Record<string, State>>, isNew?: boolean): Api => ({
  'GET getting-started': () => json(answer(states, isNew)),
  'GET portals': () =>
    json({ data: [{ id: 'p-1', name: 'Aurora', isDefault: true, address: 'http://localhost/o/aurora/portal' }] }),
});
const menuText = () =>
  document.querySelector('nav a[href="/console/getting-started"]')?.textContent?.replace(/\s+/g, ' ').trim();
const step = (name: string) => document.querySelector<HTMLElement>(`[data-step="${name}"]`)!;

describe('getting started', () => {
  it('has a page for every step that the API names', () => {
    const declared = firstSteps.map(({ name }) => name);
    expect(declared.sort()).toEqual([...FIRST_STEPS].sort());
  });

  it('shows what is left, what is put aside and what there is', async () => {
    const page = await openConsole('/console/getting-started', {
      api: api({
        brand: 'done',
        team: 'done',
        domain: 'postponed',
        sender: 'postponed',
        signup: 'postponed',
        articles: 'postponed',
      }),
    });
    expect(page.text()).toContain('Faltam 4 passos');
    expect(page.text()).toContain('2 de 10 prontos · faltam uns 7 minutos');
    expect(step('team').textContent).toContain('Equipe: 4 pessoas');
    expect(step('articles').closest('section')!.textContent).toContain('Deixados para depois');
    expect(step('customer').querySelector('a')!.getAttribute('href')).toBe('/console/customers/new');
    expect(menuText()).toContain('4');
  });

  it('puts a step aside and takes it up again', async () => {
    let state: State = 'open';
    const page = await openConsole('/console/getting-started', {
      api: {
        'GET getting-started': () => json(answer({ brand: state })),
        'PATCH getting-started': ({ body }) => {
          state = (body as { postponed: boolean }).postponed ? 'postponed' : 'open';
          return json(answer({ brand: state }));
        },
      },
    });
    await page.click('Agora não: Dar a sua cara ao portal');
    expect(step('brand').closest('section')!.textContent).toContain('Deixados para depois');
    await page.click('Retomar: Dar a sua cara ao portal');
    expect(step('brand').closest('section')!.textContent).toContain('Falta para abrir');
    expect(page.called('PATCH getting-started').map(({ body }) => body)).toEqual([
      { step: 'brand', postponed: true },
      { step: 'brand', postponed: false },
    ]);
  });

  const OWN = { name: 'portal.aurora.com.br', portalId: 'p-9' };
  const seen = domain({
    status: 'verified',
    finding: 'found',
    targetFinding: 'here',
    verifiedAt: '2026-11-20T12:01:00Z',
    checkedAt: '2026-11-20T12:01:00Z',
  });

  it('S3.39 shows the records of a domain that waits where its step is, and is done once they are seen', async () => {
    let known = domain();
    const page = await openConsole('/console/getting-started', {
      api: {
        ...api(),
        'GET getting-started': () =>
          json(known === seen ? answer({ domain: 'done' }) : answer({}, false, { domain: OWN })),
        'GET portals/p-9/domain': () => json({ domain: known }),
        'POST portals/p-9/domain/check': () => {
          known = seen;
          return json({ domain: domain() });
        },
      },
    });
    await eventually(() => expect(step('domain').textContent).toContain('o registro ainda não apareceu'));
    const shown = step('domain').textContent!;
    for (const word of [
      'Ligar o endereço portal.aurora.com.br',
      ...['TXT_balcao.portal', 'Valorbalcao-verify=x', 'CNAMEportal', 'Valorportais.balcao.example'],
      'Mandar para quem cuida do domínio',
    ])
      expect(shown.replace(/\s*\n\s*/g, '')).toContain(word);
    expect(shown).not.toContain('O portal já funciona no endereço de agora');
    const more = [...step('domain').querySelectorAll('a')].find(({ textContent }) => textContent === 'Ver instruções')!;
    expect(more.getAttribute('href')).toBe('/console/portal/domain?portal=p-9');
    await page.click('Conferir agora');
    await eventually(() => expect(step('domain').closest('section')!.textContent).toContain('Pronto'));
    expect(step('domain').textContent).toContain('Endereço próprio ligado');
  });

  it.each([
    ['points here already', { targetFinding: 'here' }, ['TXT'], ['CNAME']],
    ['is proved and leads elsewhere', { status: 'astray', finding: 'found' }, ['CNAME'], ['TXT']],
    ['is another portal’s', { status: 'taken', finding: 'taken', targetFinding: 'here' }, [], ['TXT', 'CNAME']],
    ['shows another value', { finding: 'different', found: ['x=1'] }, ['TXT', 'CNAME', 'x=1'], []],
  ] as const)('S3.40 asks for no more than is missing of a domain that %s', async (_what, change, asked, not) => {
    await openConsole('/console/getting-started', {
      api: {
        ...api(),
        'GET getting-started': () => json(answer({}, false, { domain: OWN })),
        'GET portals/p-9/domain': () =>
          json({ domain: domain({ ...change, found: [...('found' in change ? change.found : [])] }) }),
      },
    });
    await eventually(() => expect(step('domain').textContent).toContain('Conferir agora'));
    const terms = [...step('domain').querySelectorAll('dt, li')].map(({ textContent }) => textContent!.trim());
    for (const term of asked) expect(terms).toContain(term);
    for (const term of not) expect(terms).not.toContain(term);
  });

  it('shows what an address waits for that mails shall come from', async () => {
    const dkim = { ...right, state: 'missing' as const, record: record('balcao-1a2b._domainkey', 'v=DKIM1; p=KEY') };
    const page = await openConsole('/console/getting-started', {
      api: {
        ...api(),
        'GET getting-started': () =>
          json(answer({}, false, { sender: { name: 'financeiro@aurora.com.br', portalId: null } })),
        'GET mail-sender': () => json({ sender: sender({ ...waiting, dkim }) }),
        'POST mail-sender/check': () => json({ sender: sender({ ...waiting, dkim }) }),
      },
    });
    await eventually(() => expect(step('sender').textContent).toContain('o registro ainda não apareceu'));
    for (const word of ['Enviar e-mails de financeiro@aurora.com.br', 'balcao-verify=x', 'balcao-1a2b._domainkey'])
      expect(step('sender').textContent).toContain(word);
    await page.click('Conferir agora');
    expect(page.called('POST mail-sender/check')).toHaveLength(1);
  });

  it('asks for no records where nothing waits, nor for those of what was put aside', async () => {
    const page = await openConsole('/console/getting-started', {
      api: { ...api(), 'GET getting-started': () => json(answer({ domain: 'postponed' }, false, { domain: OWN })) },
    });
    expect(step('domain').textContent).toContain('Usar o endereço da sua empresa');
    expect(page.called('GET portals/p-9/domain')).toEqual([]);
    expect(page.called('GET mail-sender')).toEqual([]);
  });

  it('leaves the menu once nothing is left, and is reached all the same', async () => {
    const done = Object.fromEntries(FIRST_STEPS.map((name) => [name, 'done' as const]));
    const page = await openConsole('/console/getting-started', { api: api(done) });
    expect(menuText()).toBeUndefined();
    expect(page.text()).toContain('Tudo pronto para os seus clientes');
    expect(page.text()).not.toContain('fica no menu');
  });

  it.each<[string, Parameters<typeof me>[0], boolean, string]>([
    ['the owner of a new organization', 'owner', true, '/console/getting-started'],
    ['the owner of one that has customers', 'owner', false, '/console/inbox'],
    ['an agent of a new organization', 'agent', true, '/console/inbox'],
  ])('is where %s lands, or not', async (_who, role, isNew, path) => {
    const page = await openConsole('/console', { api: { ...api({}, isNew), 'GET auth/me': () => json(me(role)) } });
    expect(page.path()).toBe(path);
  });

  it('keeps nobody from their work where it cannot be asked', async () => {
    const page = await openConsole('/console', { api: { 'GET getting-started': () => json({}, 500) } });
    expect(page.path()).toBe('/console/inbox');
  });
});
