import { expect, it } from '@jest/globals';
import { planAccounts, type AccountRow } from './account-rows.js';

const KNOWN = [
  { id: 'a-1', taxId: '11144477735', externalId: 'C-1' },
  { id: 'a-2', taxId: null, externalId: 'C-2' },
];
const row = (record: Partial<AccountRow['record']>): AccountRow => ({
  line: 2,
  cells: [],
  record: { name: 'A', ...record },
});

it.each([
  ['somebody new', [{ taxId: '12ABC34501DE35' }], ['create']],
  ['a known tax id', [{ taxId: '11144477735' }], ['update']],
  ['a known external id', [{ externalId: 'C-2' }], ['update']],
  ['both of one', [{ taxId: '11144477735', externalId: 'C-1' }], ['update']],
  ['one of each', [{ taxId: '11144477735', externalId: 'C-2' }], ['accountsDiffer']],
  ['somebody twice', [{ externalId: 'C-9' }, { externalId: 'C-9' }], ['create', 'rowRepeated']],
  ['nothing to tell by, twice', [{}, {}], ['create', 'create']],
] as const)('says of %s what becomes of it', (_what, records, expected) => {
  const plans = planAccounts(records.map(row), KNOWN, 'update');
  expect(plans.map(({ plan, problem }) => problem ?? plan)).toEqual(expected);
});

it('leaves who is here as they are, where that was chosen', () =>
  expect(planAccounts([row({ externalId: 'C-2' })], KNOWN, 'skip')).toMatchObject([{ status: 'known' }]));
