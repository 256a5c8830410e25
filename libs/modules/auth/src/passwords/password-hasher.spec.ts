import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '@balcao/platform-config';
import { PasswordHasher } from './password-hasher.js';

const hasher = new PasswordHasher({ bcryptCost: 4 } as AppConfig);
const TURN = { lane: 'test' };

describe('a password', () => {
  it.each([
    ['Corac\u0327a\u0303o azul', 'Coração azul'],
    ['Coração azul', 'Corac\u0327a\u0303o azul'],
    ['\u212bngstro\u0308m 12', 'Ångström 12'],
    ['\u1100\u1161\u11a8 senha', '각 senha'],
  ])('set as %j is the same typed as %j', async (set, typed) => {
    expect(await hasher.matches(typed, await hasher.hash(set, TURN), TURN)).toBe(true);
  });

  it.each([
    ['Coração azul', 'Coracao azul'],
    ['Coração azul', 'coração azul'],
    ['Coração azul', ' Coração azul'],
    ['area 51 m²', 'area 51 m2'],
    ['ｓｅｎｈａ longa', 'senha longa'],
  ])('set as %j is another one than %j', async (set, typed) => {
    expect(await hasher.matches(typed, await hasher.hash(set, TURN), TURN)).toBe(false);
  });

  it('is measured in its one form', async () => {
    expect(await hasher.matches('a\u0303'.repeat(36), await hasher.hash('ã'.repeat(36), TURN), TURN)).toBe(true);
    await expect(hasher.hash('ã'.repeat(37), TURN)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('comparing', () => {
  it('finds the places of the hashes that match, within one turn', async () => {
    const [mine, other] = [await hasher.hash('quatro palavras', TURN), await hasher.hash('outra coisa', TURN)];
    const order: unknown[] = [];
    const during = {
      before: async () => void order.push('before'),
      after: async (places: number[]) => void order.push(places),
    };
    const places = await hasher.matching('quatro palavras', [other, mine, null, mine], TURN, during);
    expect(places).toEqual([1, 3]);
    expect(order).toEqual(['before', [1, 3]]);
  });

  it.each(['of somebody', 'of nobody'])('lets others in between many hashes %s', async (whose) => {
    const hash = whose === 'of nobody' ? null : await hasher.hash('outra coisa', TURN);
    const ended: string[] = [];
    const attempt = (lane: string, times: number) =>
      hasher.matching('quatro palavras', Array<null | string>(times).fill(hash), { lane }).then(() => ended.push(lane));
    await Promise.all([...[1, 2, 3].map((n) => attempt(`many ${n}`, 30)), attempt('one', 1)]);
    expect(ended[0]).toBe('one');
  });

  it.each<[what: string, work: () => Promise<unknown>]>([
    ['setting one', () => hasher.hash('quatro palavras sem nexo', TURN)],
    ['typing one’s own', () => hasher.matches('quatro palavras', undefined, TURN)],
  ])('comes behind %s, however many strangers of the organization were there before', async (_what, work) => {
    const ended: string[] = [];
    const strangers = Array.from({ length: 40 }, (_, n) =>
      hasher.matching('x', [null], { ...TURN, network: `${n}` }).then(() => ended.push('stranger')),
    );
    await new Promise(setImmediate);
    await Promise.all([...strangers, work().then(() => ended.push('own'))]);
    expect(ended.indexOf('own')).toBeLessThan(20);
  });

  it('is refused by what comes before it, with nothing compared', async () => {
    const told: unknown[] = [];
    const attempt = hasher.matching('quatro palavras', [null], TURN, {
      before: () => Promise.reject(new Error('too often')),
      after: async (places) => void told.push(places),
    });
    await expect(attempt).rejects.toThrow('too often');
    expect(told).toEqual([]);
  });

  it('finds nobody without a password, whatever is typed', async () => {
    for (const typed of ['', 'quatro palavras', 'no user has this password']) {
      expect(await hasher.matching(typed, [null, null], TURN)).toEqual([]);
      expect(await hasher.matches(typed, undefined, TURN)).toBe(false);
    }
  });

  it('takes no password for another that only begins like it', async () => {
    const set = await hasher.hash('x'.repeat(72), TURN);
    expect(await hasher.matches('x'.repeat(72), set, TURN)).toBe(true);
    expect(await hasher.matches('x'.repeat(73), set, TURN)).toBe(false);
  });

  it.each([
    ['ana.ribeiro@padaria.example', true],
    ['Ana.Ribeiro', true],
    ['anaribeiro', true],
    ['AURORA TELECOM', true],
    ['aurora telecom, sem fila', false],
    ['padaria.example', false],
    ['!!!!!!!!', false],
  ])('is refused where it is a word of the person, %s: %s', async (typed, refused) => {
    const set = hasher.hash(typed, TURN, ['ana.ribeiro@padaria.example', 'Aurora Telecom', '!', null]);
    await (refused
      ? expect(set).rejects.toMatchObject({ code: 'password_too_common' })
      : expect(set).resolves.toBeTruthy());
  });

  it('takes none of the most common ones, however they are written', async () => {
    for (const common of ['password', 'PassWord', '123456'])
      await expect(hasher.hash(common, TURN)).rejects.toMatchObject({ code: 'password_too_common' });
  });

  it.each([
    ...['senha123456', 'Senha1234567890', 'mudar123', 'Mudar@2026', 'flamengo1981', 'corinthians', 'Brasil2026!'],
    ...['abacaxi99', 'Verão2026', 'verao2026', 'MARIANA1990', '2026janeiro', '123mudar', '!!coração!!', 'trocar#01'],
    ...['mudar83610274', 'aurora2026', 'AuroraTelecom2026', 'ana.ribeiro@1990', 'summer2026', 'p@ssw0rd1'],
  ])('takes no common word with a year or digits around it: %s', async (common) => {
    const set = hasher.hash(common, TURN, ['ana.ribeiro@padaria.example', 'Aurora Telecom']);
    await expect(set).rejects.toMatchObject({ code: 'password_too_common' });
  });

  it.each([
    ...[
      'quatro palavras sem nexo',
      'pão quente cedo',
      'cavalo 83610274955',
      'mudar836102749',
      'balcao-demo-2026',
      'xqzvbkw7',
      '7f3k9q2m5x',
    ],
    ...['brasil e flamengo 81', '²³¹⁴ ⅷ ☂☂☂☂'],
  ])('takes what nobody tries early: %s', async (password) => {
    expect(await hasher.matches(password, await hasher.hash(password, TURN, ['Aurora']), TURN)).toBe(true);
  });
});
