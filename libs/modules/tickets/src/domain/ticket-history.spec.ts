import { describe, expect, it } from '@jest/globals';
import type { Actor } from '@balcao/platform-tenancy';
import { historyOf, type TicketFacts } from './ticket-history.js';

const NEW: TicketFacts = { status: 'new', priority: 'normal', type: 'request', assigneeId: null, assigneeName: null };
const HELD: TicketFacts = { ...NEW, status: 'open', assigneeId: 'r', assigneeName: 'Rafael' };
const RAFAEL: Actor = { type: 'staff', id: 'r', name: 'Rafael' };
const ANA: Actor = { type: 'user', id: 'a', name: 'Ana' };
const CLOCK: Actor = { type: 'system' };
const BIA = { assigneeId: 'b', assigneeName: 'Bia' };

describe('the history of a change', () => {
  it.each<[string, TicketFacts, Parameters<typeof historyOf>[1], Actor, string[]]>([
    ['nothing', NEW, {}, RAFAEL, []],
    ['what stays', HELD, { status: 'open', assigneeId: 'r', assigneeName: 'Rafael' }, RAFAEL, []],
    ['somebody takes it', NEW, { ...HELD }, RAFAEL, ['staff taken null Rafael']],
    ['somebody is given it', NEW, { ...BIA, status: 'open' }, RAFAEL, ['staff assigned null Bia']],
    ['it is handed over', HELD, BIA, RAFAEL, ['staff assigned Rafael Bia']],
    ['it is given back', HELD, { assigneeId: null, assigneeName: null }, RAFAEL, ['staff unassigned Rafael null']],
    [
      'all at once',
      NEW,
      { assigneeId: 'r', assigneeName: 'Rafael', status: 'pending', priority: 'high', type: 'incident' },
      RAFAEL,
      [
        'staff taken null Rafael',
        'staff status new pending',
        'staff priority normal high',
        'staff type request incident',
      ],
    ],
    ['an answer opens it', NEW, { status: 'open', answered: true }, RAFAEL, []],
    ['an answer resolves it', HELD, { status: 'resolved', answered: true }, RAFAEL, ['staff status open resolved']],
    ['staff open it by hand', NEW, { status: 'open' }, RAFAEL, ['staff status new open']],
    ['the customer replies', { ...HELD, status: 'pending' }, { status: 'open', answered: true }, ANA, []],
    [
      'the customer replies to what was resolved',
      { ...HELD, status: 'resolved' },
      { status: 'open', answered: true },
      ANA,
      ['portal status resolved open'],
    ],
    [
      'the customer takes up what a colleague left behind',
      { ...HELD, status: 'closed' },
      { status: 'open', assigneeId: null, assigneeName: null },
      ANA,
      ['system unassigned Rafael null', 'portal status closed open'],
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
    for (const { actorType, actorId, actorName } of history) {
      const nobody = actorType === 'system';
      expect([actorId, actorName]).toEqual(nobody ? [null, null] : [actor.id, actor.name]);
    }
  });
});
