import { Injectable } from '@nestjs/common';
import { sql, type Db } from '@balcao/platform-tenancy';
import type { CommentRow } from './ticket.rows.js';

/** A comment as a change of it starts from. */
export interface RevisedCommentRow extends CommentRow {
  /** Whether staff have answered in public after it. */
  answered: boolean;
}

const COMMENT = sql`c.id, c.body, c.author_type as "authorType", c.author_id as "authorId", c.author_name as "authorName",
  c.is_public as "isPublic", c.created_at as "createdAt", c.edited_at as "editedAt", c.deleted_at as "deletedAt"`;

/** Changes of comments that are there. The caller holds the lock of their ticket, under which answers are added too. */
@Injectable()
export class CommentRepository {
  /** In account scope a note is not there. */
  async find(db: Db, ticketId: string, id: string): Promise<RevisedCommentRow | undefined> {
    return db.first<RevisedCommentRow>(sql`
      select ${COMMENT}, exists (
        select from ticket_comments a where ${db.account('a')} and a.ticket_id = c.ticket_id and a.author_type = 'staff'
          and a.is_public and (a.created_at, a.id) > (c.created_at, c.id)) as answered
      from ticket_comments c where ${db.account('c')} and c.ticket_id = ${ticketId}::uuid and c.id = ${id}::uuid`);
  }

  async edit(db: Db, id: string, body: string, at: Date): Promise<void> {
    await db.execute(sql`
      update ticket_comments c set body = ${body}, edited_at = ${at}
      where ${db.account('c')} and c.id = ${id}::uuid`);
  }

  /** Takes a comment's words away and leaves its place. */
  async remove(db: Db, id: string, at: Date): Promise<void> {
    await db.execute(sql`
      update ticket_comments c set body = '', deleted_at = ${at}
      where ${db.account('c')} and c.id = ${id}::uuid`);
  }

  /** Who spoke last in public, of what still stands; the description is the customer's. */
  async lastReplyBy(db: Db, ticketId: string): Promise<'customer' | 'staff'> {
    const last = await db.first<{ authorType: string }>(sql`
      select c.author_type as "authorType" from ticket_comments c
      where ${db.account('c')} and c.ticket_id = ${ticketId}::uuid and c.is_public and c.deleted_at is null
      order by c.created_at desc, c.id desc limit 1`);
    return last?.authorType === 'staff' ? 'staff' : 'customer';
  }
}
