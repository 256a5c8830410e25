import { describe, expect, it } from '@jest/globals';
import type { TicketListRow } from '../../persistence/ticket.rows.js';
import { portalComment, portalTicketItem } from './portal-ticket.dto.js';

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
  it('has its subject and its number under both names', () => {
    const { subject, title, number, ticketNumber } = portalTicketItem(row);
    expect([subject, title, number, ticketNumber]).toEqual(['Internet cai', 'Internet cai', row.number, row.number]);
  });

  it('has no submitter once that person is gone', () => {
    expect(portalTicketItem(row).submittedBy).toEqual({ id: row.submittedById, name: 'Ana' });
    expect(portalTicketItem({ ...row, submittedById: null }).submittedBy).toBeNull();
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
    expect(portalComment(comment, 'u', false).mine).toBe(false);
    expect(portalComment({ ...comment, authorType: 'portal' }, 'u', false).mine).toBe(true);
    expect(portalComment({ ...comment, authorType: 'portal' }, 'other', false).mine).toBe(false);
  });
});
