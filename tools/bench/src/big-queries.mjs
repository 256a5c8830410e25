// @ts-check
import { pathOf, signedIn } from './customer.mjs';
import { FREQUENT_WORD, RARE_WORD } from './data.mjs';

/** @param {(side: import('./data.mjs').Side) => string} query */
const inbox = (query) => (/** @type {import('./data.mjs').Side} */ side) => ({
  method: /** @type {const} */ ('GET'),
  path: `/api/v1/admin/tickets?limit=50&${query(side)}`,
  headers: { authorization: `Bearer ${side.staffToken}` },
});

/** @param {(side: import('./data.mjs').Side) => string} query */
const customers = (query) => (/** @type {import('./data.mjs').Side} */ side) => ({
  method: /** @type {const} */ ('GET'),
  path: `${pathOf(side.customer)}?limit=50&${query(side)}`,
  headers: signedIn(side.customer),
});

const word = encodeURIComponent(FREQUENT_WORD);

/** What must not cost more because an organization is big; each is asked of a small one and of the big one. */
export const BIG_QUERIES = {
  'big inbox': inbox(() => 'view=all'),
  'big inbox, mine': inbox(() => 'view=mine'),
  'big inbox, unassigned': inbox(() => 'view=unassigned'),
  'big inbox, open': inbox(() => 'view=open'),
  'big inbox, frequent word': inbox(() => `q=${word}`),
  'big inbox, rare word': inbox(() => `q=${RARE_WORD}`),
  'big inbox, number': inbox(({ number }) => `q=%23${number}`),
  'big inbox, page 500': inbox(() => 'page=500'),
  'big list': customers(() => ''),
  'big list, status': customers(() => 'status=resolved'),
  'big list, frequent word': customers(() => `q=${word}`),
  'big list, rare word': customers(() => `q=${RARE_WORD}`),
  'big list, page 500': customers(() => 'page=500'),
};
