import { describe, expect, it } from '@jest/globals';
import { changeNames } from './change-names.js';
import { item } from './items.fixture.js';
import type { Item } from './plan.js';

const plan = item('plan', 6990n, { name: 'Móvel 50 GB' });
const lines = (quantity: string, more: Partial<Item> = {}) =>
  item('lines', 1990n, { name: 'Linha adicional', model: 'per_unit', quantity, ...more });
const names = (before: Item[], after: Item[], titles: [string, string] = ['Móvel 50 GB', 'Móvel 50 GB']) => {
  const told = changeNames({ title: titles[0], items: before }, { title: titles[1], items: after }, 'pt-BR');
  return [told.titleBefore, told.titleAfter];
};

describe('What a change is told by', () => {
  it('is the plans where another one comes', () => {
    const other = item('plan', 9990n, { name: 'Móvel 100 GB' });
    expect(names([plan, lines('2')], [other, lines('3')], ['Móvel 50 GB', 'Móvel 100 GB'])).toEqual([
      'Móvel 50 GB',
      'Móvel 100 GB',
    ]);
  });

  it('is how many there are where the plan stays', () => {
    expect(names([plan, lines('2')], [plan, lines('3')])).toEqual(['2 × Linha adicional', '3 × Linha adicional']);
    expect(names([plan, lines('1.5')], [plan, lines('3')])[0]).toBe('1,5 × Linha adicional');
  });

  it('is what comes or goes, beside the rest', () => {
    const both = ['Móvel 50 GB', 'Móvel 50 GB + 2 × Linha adicional'];
    expect(names([plan], [plan, lines('2')])).toEqual(both);
    expect(names([plan, lines('2')], [plan])).toEqual(both.toReversed());
  });

  it('is how often it is billed, or the price, where nothing else is another', () => {
    const yearly = item('plan', 69_900n, { name: 'Móvel 50 GB', cycle: { unit: 'year', every: 1 } });
    expect(names([plan], [yearly])).toEqual(['Móvel 50 GB, mensal', 'Móvel 50 GB, anual']);
    const dearer = item('plan', 7990n, { name: 'Móvel 50 GB' });
    expect(names([plan], [dearer])).toEqual(['Móvel 50 GB, R$\u00a069,90', 'Móvel 50 GB, R$\u00a079,90']);
  });
});
