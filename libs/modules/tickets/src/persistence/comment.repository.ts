import { Injectable } from '@nestjs/common';
import { sql, type Db, type Sql } from '@balcao/platform-tenancy';
import { COMMENT_COLUMNS, type CommentRow } from './ticket.rows.js';

/** A comment as a change of it starts from. */
export interface RevisedCommentRow extends CommentRow {
  /** Whether staff have answered in public after it. */
  answered: boolean;
}

/** Changes of comments that are there. The caller holds the lock of their ticket, under which answers are added too. */
@Injectable()
export class CommentRepository {
  /** In account scope a note is not there. */
  async find(db: Db, ticketId: string, id: string): Promise<RevisedCommentRow | undefined> {
    return db.first<RevisedCommentRow>(sql`
      select ${COMMENT_COLUMNS}, exists (
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
}

/** What stands behind `left join`: the last comment of `t`, of those which are asked for and were not taken back. */
export const lastComment = (db: Db, which: Sql): Sql => sql`lateral (
  select c.* from ticket_comments c
  where ${db.account('c')} and c.ticket_id = t.id and c.deleted_at is null and ${which}
  order by c.created_at desc, c.id desc limit 1)`;
