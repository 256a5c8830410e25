import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '@balcao/platform-errors';
import type { TicketStatus } from './ticket.js';
import { requireRevisable, requireRevisableNote, revisableIds, type RevisableComment } from './comment-revision.js';

const mine: RevisableComment = { authorType: 'portal', authorId: 'me', isPublic: true, deletedAt: null };
const answer: RevisableComment = { authorType: 'staff', authorId: 'rafael', isPublic: true, deletedAt: null };
const note: RevisableComment = { ...answer, isPublic: false };
const removed = { deletedAt: new Date(0) };

const code = (work: () => void): string | undefined => {
  try {
    work();
  } catch (error) {
    return (error as DomainError).code;
  }
  return undefined;
};

describe('a customer’s comment', () => {
  it.each<[string, RevisableComment, { status?: TicketStatus; answered?: boolean }, string | undefined]>([
    ['of one’s own', mine, {}, undefined],
    ['that staff have answered', mine, { answered: true }, 'comment_answered'],
    ['on a closed ticket', mine, { status: 'closed' }, 'ticket_closed'],
    ['of somebody else', { ...mine, authorId: 'other' }, {}, 'permission_denied'],
    ['of somebody else that was answered', { ...mine, authorId: 'other' }, { answered: true }, 'permission_denied'],
    ['of staff', answer, {}, 'permission_denied'],
    ['of staff with the same id', { ...answer, authorId: 'me' }, {}, 'permission_denied'],
    ['that was taken back', { ...mine, ...removed }, {}, 'not_found'],
  ])('%s', (_what, comment, { status = 'open', answered = false }, expected) => {
    expect(code(() => requireRevisable(comment, { userId: 'me', status, answered }))).toBe(expected);
  });

  it('can be changed as long as nothing of staff stands behind it', () => {
    const other = { ...mine, authorId: 'other' };
    const comments = [mine, answer, mine, other, { ...mine, ...removed }, mine].map((comment, index) => ({
      ...comment,
      id: String(index),
    }));
    expect([...revisableIds(comments, { userId: 'me', status: 'open' })]).toEqual(['2', '5']);
    expect([...revisableIds(comments.slice(0, 2), { userId: 'me', status: 'open' })]).toEqual([]);
    expect([...revisableIds(comments, { userId: 'me', status: 'closed' })]).toEqual([]);
    expect([...revisableIds(comments, { userId: undefined, status: 'open' })]).toEqual([]);
  });
});

describe('a note', () => {
  it.each<[string, RevisableComment, string, string | undefined]>([
    ['of one’s own can be changed', note, 'rafael', undefined],
    ['of a colleague cannot', note, 'helena', 'permission_denied'],
    ['that is an answer cannot', answer, 'rafael', 'comment_already_sent'],
    ['that is a customer’s cannot', { ...mine, authorId: 'rafael' }, 'rafael', 'permission_denied'],
    ['that was taken back is not there', { ...note, ...removed }, 'rafael', 'not_found'],
  ])('%s', (_what, comment, staffId, expected) => {
    expect(code(() => requireRevisableNote(comment, staffId))).toBe(expected);
  });
});
