-- Up Migration

-- What a portal does with its tickets.
alter table portals add column tickets jsonb not null default '{}';

-- The version counts the changes: who writes names the one that they read. A resolved ticket closes at the moment that
-- its customer was told, whatever the setting becomes meanwhile.
alter table tickets
  add column version integer not null default 1,
  add column auto_close_at timestamptz(3),
  add constraint tickets_auto_close_check check (auto_close_at is null or status = 'resolved');
create index tickets_auto_close on tickets (organization_id, auto_close_at, id) where auto_close_at is not null;

-- Somebody may mend or take back what they wrote. What was taken back leaves its place, without its words.
alter table ticket_comments
  add column edited_at timestamptz(3),
  add column deleted_at timestamptz(3),
  drop constraint ticket_comments_body_check,
  add constraint ticket_comments_body_check check (
    case when deleted_at is null then length(body) between 1 and 20000 else body = '' end);
-- These columns only: nobody becomes the author of another's words, and a note stays a note.
grant update (body, edited_at, deleted_at) on ticket_comments to balcao_app;

-- Last, because changed rows with waiting triggers hold up every alteration. Nobody was told yet when these close.
update tickets set auto_close_at = now() + interval '7 days' where status = 'resolved';

-- Down Migration

-- A removed comment has no words that the older constraint would take.
delete from ticket_comments where deleted_at is not null;
revoke update (body, edited_at, deleted_at) on ticket_comments from balcao_app;
alter table ticket_comments
  drop constraint ticket_comments_body_check,
  drop column deleted_at,
  drop column edited_at,
  add constraint ticket_comments_body_check check (length(body) between 1 and 20000);
alter table tickets drop column auto_close_at, drop column version;
alter table portals drop column tickets;
