import { DomainError } from '@balcao/platform-errors';
import type { CommentAuthorType, TicketStatus } from './ticket.js';

/** What decides whether a comment may still be changed. */
export interface RevisableComment {
  authorType: CommentAuthorType;
  authorId: string;
  isPublic: boolean;
  /** When its author took it back. */
  deletedAt: Date | null;
}

/** Whether a portal user wrote a comment. */
export function isOwnComment(comment: RevisableComment, userId: string | undefined): boolean {
  return comment.authorType === 'portal' && comment.authorId === userId;
}

/**
 * Refuses to change a customer's comment that is somebody else's, or that staff have relied on already: answered in
 * public after it, or closed the ticket over it.
 * @throws DomainError not_found for one that was taken back, permission_denied, ticket_closed, comment_answered
 */
export function requireRevisable(
  comment: RevisableComment,
  { userId, status, answered }: { userId: string; status: TicketStatus; answered: boolean },
): void {
  if (comment.deletedAt) throw new DomainError('not_found');
  if (!isOwnComment(comment, userId)) throw new DomainError('permission_denied');
  if (status === 'closed') throw new DomainError('ticket_closed');
  if (answered) throw new DomainError('comment_answered');
}

/**
 * Refuses to change anything of staff's but one's own note: an answer has left by mail.
 * @throws DomainError not_found for one that was taken back, permission_denied, comment_already_sent
 */
export function requireRevisableNote(comment: RevisableComment, staffId: string): void {
  if (comment.deletedAt) throw new DomainError('not_found');
  if (comment.authorType !== 'staff' || comment.authorId !== staffId) throw new DomainError('permission_denied');
  if (comment.isPublic) throw new DomainError('comment_already_sent');
}

/** Ids of the comments of a conversation, oldest first, that this portal user may still change. */
export function revisableIds(
  comments: readonly (RevisableComment & { id: string })[],
  { userId, status }: { userId: string | undefined; status: TicketStatus },
): ReadonlySet<string> {
  const ids = new Set<string>();
  if (status === 'closed') return ids;
  const answer = comments.findLastIndex(({ authorType }) => authorType === 'staff');
  for (const comment of comments.slice(answer + 1)) {
    if (isOwnComment(comment, userId) && !comment.deletedAt) ids.add(comment.id);
  }
  return ids;
}
