import { describe, expect, it } from 'vitest';
import { eventually, json, listOf, me, openConsole, problem, settle, type Api } from './harness.js';
import { hearLive, tell } from './live.js';
import { working } from './portals.js';

const AUTHOR = { type: 'staff', id: 's-1', name: 'Helena Prado' };
const named = (version: number, before: string | null, after: string, more: object = {}) => ({
  version,
  author: AUTHOR,
  note: null,
  restoredFrom: null,
  createdAt: '2026-11-02T12:00:00Z',
  changes: before === null ? [] : [{ setting: 'organizationName', before, after }],
  ...more,
});

/** The tab on which a company is named; the API keeps what it was called. */
async function open(api: Api = {}) {
  let now = { id: 'o-1', slug: 'aurora', name: 'Aurora Telecom', version: 2 };
  const versions = [
    named(2, 'Aurora', 'Aurora Telecom', { note: 'Marca nova' }),
    named(1, null, 'Aurora', { author: { type: 'system', id: null, name: null } }),
  ];
  const change = (version: number, name: string, restoredFrom: number | null = null) => {
    if (version !== now.version) return problem(409, 'conflict');
    versions.unshift(named(now.version + 1, now.name, name, { restoredFrom }));
    now = { ...now, name, version: now.version + 1 };
    return json({ organization: now });
  };
  const page = await openConsole('/console/portal/access', {
    api: working({
      'GET organization': () => json({ organization: now }),
      'GET organization/versions': () => json(listOf(versions)),
      'GET organization/versions/1': () =>
        json({
          version: {
            ...versions.at(-1),
            restoring: {
              version: now.version,
              changes: [{ setting: 'organizationName', before: now.name, after: 'Aurora' }],
              leftOut: [],
            },
          },
        }),
      'PATCH organization': ({ body }) => {
        const { version, name } = body as { version: number; name: string };
        return change(version, name);
      },
      'POST organization/restore': ({ body }) => {
        const { version, to } = body as { version: number; to: number };
        return change(version, 'Aurora', to);
      },
      ...api,
    }),
  });
  return { page, change };
}

it('S0.42 a name that leads somewhere is refused where it is typed, and says why', async () => {
  const { page } = await open();
  await page.type('Nome da empresa', 'Aurora www.golpe.com.br');
  await page.click('Salvar');
  expect(main()).toContain('sem endereços da web nem e-mail');
  expect(page.called('PATCH organization')).toHaveLength(0);
});

const line = (number: number) => document.querySelector(`[data-version="${number}"]`)!.textContent.replace(/\s+/g, ' ');
const main = () => document.querySelector('main')!.textContent;
const dialog = () => document.querySelector('[role="dialog"]')!;
const press = async (label: string) => {
  [...dialog().querySelectorAll('button')].find((button) => button.textContent.trim() === label)!.click();
  await settle();
};
const NAME = 'Nome da empresa';

describe('S0.42 B.12 the name of a company', () => {
  it('is shown with who gave it, when, from what to what, and the first one', async () => {
    await open();
    await eventually(() => expect(line(2)).toContain('Helena Prado'));
    expect(line(2)).toContain('“Marca nova”');
    expect(line(2)).toContain('em uso');
    expect(line(2)).toMatch(/Nome da empresa\s*:\s*Aurora.*passa a ser.*Aurora Telecom/);
    expect(line(1)).toContain('Sistema');
    expect(line(1)).toContain('A empresa foi cadastrada.');
  });

  it('goes back with the version that was read, after showing what that changes, and stands in the form then', async () => {
    const { page } = await open();
    await page.click('Voltar a esta versão: 1');
    await settle();
    expect(dialog().textContent).toMatch(/Aurora Telecom.*passa a ser.*Aurora/);
    await press('Voltar a esta versão');
    expect(page.called('POST organization/restore')[0]!.body).toEqual({ version: 2, to: 1 });
    expect(page.text()).toContain('O nome anterior voltou');
    expect(page.field(NAME).value).toBe('Aurora');
    await eventually(() => expect(line(3)).toContain('Voltou à versão 1'));
    expect(main()).not.toContain('Há uma versão nova');
    // It is what the next change is about.
    await page.type(NAME, 'Aurora Fibra');
    await page.click('Salvar');
    expect(page.called('PATCH organization')[0]!.body).toEqual({ name: 'Aurora Fibra', version: 3 });
    await eventually(() => expect(line(4)).toMatch(/Aurora.*Aurora Fibra/));
  });

  it('keeps what is being typed while an earlier one is put back', async () => {
    const { page } = await open();
    await page.type(NAME, 'Aurora Fibra');
    await page.click('Voltar a esta versão: 1');
    await settle();
    await press('Voltar a esta versão');
    expect(page.field(NAME).value).toBe('Aurora Fibra');
    await page.click('Salvar');
    expect(page.called('PATCH organization')[0]!.body).toEqual({ name: 'Aurora Fibra', version: 3 });
  });

  it.each([true, false])('is not written over by who has not read it, told of it or not: %s', async (tells) => {
    hearLive();
    const { page, change } = await open();
    await page.type(NAME, 'Aurora Fibra');
    change(2, 'Aurora Brasil');
    if (tells) {
      tell({ name: 'organization.changed', ids: { organizationId: 'o-1' } });
      await eventually(() => expect(main()).toContain('Há uma versão nova'));
      expect(line(3)).toContain('Aurora Brasil');
    }
    await page.click('Salvar');
    await eventually(() => expect(main()).toContain('Outra pessoa mudou esta página'));
    await page.click('Salvar a minha');
    await eventually(() =>
      expect(page.called('PATCH organization').at(-1)!.body).toEqual({ name: 'Aurora Fibra', version: 3 }),
    );
  });

  it('has no way back for whoever may only look', async () => {
    const { page } = await open({ 'GET auth/me': () => json(me('agent')) });
    await eventually(() => expect(line(1)).toContain('Sistema'));
    expect(page.text()).not.toContain('Voltar a esta versão');
    expect(page.field(NAME).disabled).toBe(true);
  });
});
