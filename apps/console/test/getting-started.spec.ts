import { FIRST_STEPS } from '@balcao/contracts';
import { describe, expect, it } from 'vitest';
import { json, me, openConsole, type Api } from './harness.js';
import { firstSteps } from '../src/registry/first-steps.js';

type State = 'open' | 'done' | 'postponed';

const answer = (states: Partial<Record<string, State>> = {}, isNew = false) => {
  const steps = FIRST_STEPS.map((name) => ({
    name,
    state: states[name] ?? 'open',
    count: states[name] === 'done' ? 4 : 0,
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
    expect(page.text()).toContain('Faltam 2 passos');
    expect(page.text()).toContain('2 de 8 prontos · faltam uns 2 minutos');
    expect(step('team').textContent).toContain('Equipe: 4 pessoas');
    expect(step('articles').closest('section')!.textContent).toContain('Deixados para depois');
    expect(step('customer').querySelector('a')!.getAttribute('href')).toBe('/console/customers/new');
    expect(menuText()).toContain('2');
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
