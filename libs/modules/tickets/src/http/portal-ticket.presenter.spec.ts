import { describe, expect, it } from '@jest/globals';
import type { TicketListRow } from '../persistence/ticket.rows.js';
import { PORTAL_TICKET_MEMBERS, presentPortalComment, presentPortalTicketItem } from './portal-ticket.presenter.js';

const row: TicketListRow = {
  id: '01922222-0000-7000-8000-000000000001',
  number: 'T-2026-000001',
  subject: 'Internet cai',
  status: 'new',
  priority: 'normal',
  type: 'request',
  source: 'portal',
  createdAt: new Date(0),
  updatedAt: new Date(1),
  commentCount: 2,
  submittedById: '01922222-0000-7000-8000-000000000002',
  submittedByName: 'Ana',
};

describe('a ticket in the customer’s list', () => {
  it('has exactly the members that the list’s serializer writes', () => {
    expect(Object.keys(presentPortalTicketItem(row)).sort()).toEqual(Object.keys(PORTAL_TICKET_MEMBERS).sort());
  });

  it('has its subject under both names', () => {
    expect(presentPortalTicketItem(row)).toMatchObject({ subject: 'Internet cai', title: 'Internet cai' });
  });

  it('has no submitter once that person is gone', () => {
    expect(presentPortalTicketItem({ ...row, submittedById: null }).submittedBy).toBeNull();
  });
});

describe('a comment', () => {
  it('is mine only for the portal user who wrote it', () => {
    const comment = {
      id: 'c',
      body: 'b',
      authorType: 'staff' as const,
      authorId: 'u',
      authorName: 'R',
      isPublic: true,
      createdAt: new Date(0),
      editedAt: null,
      deletedAt: null,
    };
    expect(presentPortalComment(comment, 'u', false).mine).toBe(false);
    expect(presentPortalComment({ ...comment, authorType: 'portal' }, 'u', false).mine).toBe(true);
    expect(presentPortalComment({ ...comment, authorType: 'portal' }, 'other', false).mine).toBe(false);
  });
});
