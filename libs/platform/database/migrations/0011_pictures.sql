-- Up Migration

-- Pictures on their way into a portal: what was uploaded, or is to be fetched, and what became of it. A picture that is
-- ready is a file named by its content, which outlives its row.
create table portal_pictures (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  portal_id uuid not null,
  purpose text not null check (purpose in ('logoUrl', 'logoDarkUrl', 'faviconUrl')),
  -- A row that is `receiving` is older than its file, so that no file is without one.
  status text not null default 'receiving' check (status in ('receiving', 'waiting', 'ready', 'refused')),
  -- Where it is fetched from; null for a file, which is kept under a key made of the row's id until it was looked at.
  source_address text check (length(source_address) <= 2000),
  -- In pixels of the picture as it was given.
  crop jsonb,
  -- Whether the setting takes it by itself once it is ready.
  adopted boolean not null default false,
  -- How often a worker has begun with it: what ends a process is not tried for ever.
  tries integer not null default 0,
  address text check (address like '/pictures/%'),
  width integer,
  height integer,
  problem jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, portal_id) references portals (organization_id, id),
  check ((status = 'ready') = (address is not null)),
  check ((status = 'refused') = (problem is not null)),
  check ((status in ('ready', 'refused')) = (finished_at is not null))
);
create index portal_pictures_unfinished on portal_pictures (organization_id, created_at) where finished_at is null;
create index portal_pictures_old on portal_pictures (created_at);
create index portal_pictures_adopted on portal_pictures (organization_id, portal_id, purpose) where adopted;
call protect_organization_table('portal_pictures');

-- Down Migration

drop table portal_pictures;
