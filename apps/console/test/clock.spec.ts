import { setBusinessTime } from '@balcao/ui';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, json, me, openConsole, problem } from './harness.js';

const NOW = '2027-01-30T15:00:00Z';
const clock = (facts = {}) => ({
  clock: { now: NOW, localTime: '2027-01-30T12:00', timeZone: 'America/Sao_Paulo', advancingTo: null, ...facts },
});
const working = (api = {}, role?: Parameters<typeof me>[0]) => ({
  'GET auth/me': () => json(me(role, NOW)),
  'GET clock': () => json(clock()),
  ...api,
});

afterEach(() => setBusinessTime(null));

describe('the clock of a sandbox organization', () => {
  it('B.10 stands in the menu and beside the name, with the day that it is there', async () => {
    const page = await openConsole('/console/clock', { api: working() });
    expect(page.text()).toContain('Relógio de teste');
    expect(page.text()).toMatch(/Ambiente de teste ?30\/01\/2027/);
    expect(page.text()).toContain('30/01/2027, 12:00');
  });

  it('B.10 is nowhere in an ordinary organization, and nobody asks for it', async () => {
    const page = await openConsole('/console/inbox');
    expect(page.text()).not.toContain('Ambiente de teste');
    expect(page.text()).not.toContain('Relógio de teste');
    expect(page.called('GET clock')).toEqual([]);
  });

  it.each([
    ['+ 1 dia', '2027-01-31T12:00', '31/01/2027, 12:00'],
    ['+ 1 semana', '2027-02-06T12:00', '06/02/2027, 12:00'],
    ['+ 1 mês', '2027-02-28T12:00', '28/02/2027, 12:00'],
  ])('B.10 goes %s ahead once somebody has agreed', async (step, until, told) => {
    const api = working({ 'POST clock/advance': () => json(clock({ advancingTo: '2027-02-28T15:00:00Z' })) });
    const page = await openConsole('/console/clock', { api });
    await page.click(step);
    expect(page.text()).toContain(`O relógio vai até ${told} e não volta.`);
    expect(page.called('POST clock/advance')).toEqual([]);
    await page.click('Avançar o relógio');
    expect(page.called('POST clock/advance')[0]!.body).toEqual({ until });
  });

  it.each([
    ['', 'Escolha uma data e uma hora.'],
    ['2027-01-30T12:00', 'O relógio não volta: escolha depois de 30/01/2027, 12:00.'],
    ['2029-01-30T12:01', 'São no máximo dois anos de cada vez.'],
  ])('B.10 asks nobody whether it may go to %j', async (until, told) => {
    const page = await openConsole('/console/clock', { api: working() });
    await page.type('Data e hora', until);
    await page.click('Avançar');
    expect(page.text()).toContain(told);
    expect(page.text()).not.toContain('Avançar o relógio?');
  });

  it('B.10 says that it is on its way, and takes nobody else there', async () => {
    const api = working({ 'GET clock': () => json(clock({ advancingTo: '2027-02-28T15:00:00Z' })) });
    const page = await openConsole('/console/clock', { api });
    expect(page.text()).toContain('Avançando até 28/02/2027, 12:00.');
    expect((page.button('+ 1 dia') as HTMLButtonElement).disabled).toBe(true);
  });

  it('B.10 is stopped on its way once somebody has agreed, and only on its way', async () => {
    const standing = await openConsole('/console/clock', { api: working() });
    expect(standing.text()).not.toContain('Parar aqui');
    const api = working({
      'GET clock': () => json(clock({ advancingTo: '2027-02-28T15:00:00Z' })),
      'POST clock/stop': () => json(clock()),
    });
    const page = await openConsole('/console/clock', { api });
    await page.click('Parar aqui');
    expect(page.text()).toContain('O relógio fica no dia em que está');
    expect(page.called('POST clock/stop')).toEqual([]);
    await page.click('Parar o relógio');
    expect(page.called('POST clock/stop')).toHaveLength(1);
  });

  it('B.10 is moved by those alone who may', async () => {
    const page = await openConsole('/console/clock', { api: working({}, 'agent') });
    expect(page.text()).toContain('30/01/2027, 12:00');
    expect(page.text()).not.toContain('+ 1 dia');
  });

  it('B.10 tells of a refusal', async () => {
    const page = await openConsole('/console/clock', {
      api: working({ 'POST clock/advance': () => problem(409, 'clock_advancing') }),
    });
    await page.click('+ 1 dia');
    await page.click('Avançar o relógio');
    await eventually(() => expect(page.text()).toContain('detail of clock_advancing'));
  });
});
