import { describe, expect, it } from '@jest/globals';
import type { Actor } from '@balcao/platform-tenancy';
import { historyOf, type TicketFacts } from './ticket-history.js';

const NEW: TicketFacts = { status: 'new', priority: 'normal', type: 'request', assigneeId: null };
const HELD: TicketFacts = { ...NEW, status: 'open', assigneeId: 'r' };
const RAFAEL: Actor = { type: 'staff', id: 'r', name: 'Rafael' };
const ANA: Actor = { type: 'user', id: 'a', name: 'Ana' };
const CLOCK: Actor = { type: 'system' };
const BIA = { assigneeId: 'b' };

describe('the history of a change', () => {
  it.each<[string, TicketFacts, Parameters<typeof historyOf>[1], Actor, string[]]>([
    ['nothing', NEW, {}, RAFAEL, []],
    ['what stays', HELD, { status: 'open', assigneeId: 'r' }, RAFAEL, []],
    ['somebody takes it', NEW, { ...HELD }, RAFAEL, ['staff taken null r', 'staff status new open']],
    [
      'somebody is given it',
      NEW,
      { ...BIA, status: 'open' },
      RAFAEL,
      ['staff assigned null b', 'staff status new open'],
    ],
    ['it is handed over', HELD, BIA, RAFAEL, ['staff assigned r b']],
    ['it is given back', HELD, { assigneeId: null }, RAFAEL, ['staff unassigned r null']],
    [
      'all at once',
      NEW,
      { assigneeId: 'r', status: 'pending', priority: 'high', type: 'incident' },
      RAFAEL,
      ['staff taken null r', 'staff status new pending', 'staff priority normal high', 'staff type request incident'],
    ],
    ['an answer opens it', NEW, { status: 'open' }, RAFAEL, ['staff status new open']],
    ['an answer resolves it', HELD, { status: 'resolved' }, RAFAEL, ['staff status open resolved']],
    ['staff open it by hand', NEW, { status: 'open' }, RAFAEL, ['staff status new open']],
    ['the customer replies', { ...HELD, status: 'pending' }, { status: 'open' }, ANA, ['portal status pending open']],
    [
      'the customer replies to what was resolved',
      { ...HELD, status: 'resolved' },
      { status: 'open' },
      ANA,
      ['portal status resolved open'],
    ],
    [
      'the customer takes up what a colleague left behind',
      { ...HELD, status: 'closed' },
      { status: 'open', assigneeId: null },
      ANA,
      ['system unassigned r null', 'portal status closed open'],
    ],
    [
      'the time has come',
      { ...HELD, status: 'resolved' },
      { status: 'closed' },
      CLOCK,
      ['system status resolved closed'],
    ],
  ])('%s', (_what, before, change, actor, told) => {
    const history = historyOf(before, change, actor);
    expect(history.map(({ actorType, kind, from, to }) => `${actorType} ${kind} ${from} ${to}`)).toEqual(told);
    for (const { actorType, actorId } of history) expect(actorId).toBe(actorType === 'system' ? null : actor.id);
  });
});
