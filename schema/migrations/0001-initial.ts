/** The first schema: people, what they wrote, where it was read from, and what belongs together. */
export default {
  up: [
    'create extension if not exists pg_trgm',

    `create table service (
      id uuid primary key,
      key text not null unique check (key = lower(key)),
      title text not null,
      urls text[] not null default '{}'
    )`,

    `create table human (id uuid primary key)`,

    `create table persona (
      id uuid primary key,
      merged_into uuid references persona,
      check (merged_into <> id)
    )`,

    `create table persona_control (
      id uuid primary key,
      human_id uuid not null references human,
      persona_id uuid not null references persona,
      role text not null check (role in ('owns', 'participates', 'suspected')),
      since timestamptz not null,
      until timestamptz,
      check (until >= since)
    )`,
    `create unique index persona_control_open on persona_control (human_id, persona_id, role) where until is null`,
    `create unique index persona_control_one_owner on persona_control (persona_id) where until is null and role = 'owns'`,

    `create table account (
      id uuid primary key,
      service_id uuid not null references service,
      key text not null unique check (key like '%+user:%'),
      persona_id uuid not null references persona,
      first_seen timestamptz not null,
      last_seen timestamptz not null,
      as_of timestamptz,
      raw bytea,
      check (last_seen >= first_seen)
    )`,
    `create index account_persona on account (persona_id)`,

    `create table name (
      id uuid primary key,
      account_id uuid references account,
      persona_id uuid references persona,
      kind text not null check (kind in ('handle', 'display', 'manual')),
      value text not null check (value <> ''),
      folded text not null,
      first_seen timestamptz not null,
      last_seen timestamptz not null,
      check (last_seen >= first_seen),
      check ((kind = 'manual') = (account_id is null)),
      check ((kind = 'manual') = (persona_id is not null))
    )`,
    `create unique index name_of_account on name (account_id, kind, value) where account_id is not null`,
    `create unique index name_of_persona on name (persona_id, kind, value) where persona_id is not null`,
    `create index name_prefix on name (folded text_pattern_ops)`,
    `create index name_length on name (char_length(folded), folded text_pattern_ops)`,
    `create index name_similar on name using gin (folded gin_trgm_ops)`,

    `create table claim (
      id uuid primary key,
      account_id uuid not null references account,
      kind text not null check (kind in ('email', 'url', 'phone', 'handle', 'pgp', 'avatar')),
      value text not null check (value <> ''),
      how text not null check (how in ('profile', 'proof', 'content')),
      verified boolean not null default false,
      first_seen timestamptz not null,
      last_seen timestamptz not null,
      check (last_seen >= first_seen),
      unique (account_id, kind, value, how)
    )`,
    `create index claim_value on claim (value text_pattern_ops, kind)`,

    `create table channel (
      id uuid primary key,
      service_id uuid not null references service,
      key text not null unique check (key like '%+channel:%'),
      kind text not null check (kind in ('irc', 'slack', 'mailing-list', 'feed', 'list')),
      title text
    )`,

    `create table membership (
      id uuid primary key,
      account_id uuid not null references account,
      channel_id uuid not null references channel,
      since timestamptz not null,
      until timestamptz,
      check (until >= since)
    )`,
    `create unique index membership_open on membership (account_id, channel_id) where until is null`,
    `create index membership_channel on membership (channel_id)`,

    `create table account_relation (
      id uuid primary key,
      from_id uuid not null references account,
      to_id uuid not null references account,
      kind text not null check (kind in ('follows', 'blocks', 'ignores')),
      since timestamptz not null,
      until timestamptz,
      check (until >= since)
    )`,
    `create unique index account_relation_open on account_relation (from_id, to_id, kind) where until is null`,
    `create index account_relation_to on account_relation (to_id)`,

    `create table post (
      id uuid primary key,
      service_id uuid not null references service,
      key text not null unique check (key like '%+post:%'),
      author_id uuid references account,
      channel_id uuid references channel,
      sent_at timestamptz,
      sent_at_from text check (sent_at_from in ('sent', 'received', 'guessed')),
      edited_at timestamptz,
      as_of timestamptz,
      identity text,
      digest bytea,
      title text,
      body text,
      quoted text,
      signature text,
      search tsvector,
      tombstoned_at timestamptz,
      raw bytea,
      check (num_nulls(sent_at, sent_at_from, as_of, digest, body, search, raw) in (0, 7)),
      check (tombstoned_at is null or num_nonnulls(sent_at, title, body, quoted, signature, search, raw) = 0)
    )`,
    `alter table post alter raw set storage external, alter search set storage external,
      alter body set storage external, alter quoted set storage external`,
    `create index post_author on post (author_id, sent_at) where author_id is not null`,
    `create index post_channel on post (channel_id, sent_at) where channel_id is not null`,
    `create index post_sent on post (sent_at, id) where sent_at is not null`,
    `create index post_search on post using gin (search) with (fastupdate = on, gin_pending_list_limit = 32768)`,
    `alter table post alter search set statistics 1000`,

    `create table post_relation (
      from_id uuid not null references post,
      to_id uuid not null references post,
      kind text not null check (kind in ('reply', 'quote', 'repost')),
      inferred boolean not null default false,
      primary key (from_id, to_id, kind)
    )`,
    `create index post_relation_to on post_relation (to_id)`,
    // Six rows a mail: foreign keys here were a third of the database's time in an ingest. Posts, accounts and channels
    // are never deleted, and the store writes this table with their ids in hand.
    `create table audience (
      post_id uuid not null,
      kind text not null check (kind in ('broadcast', 'to', 'cc', 'bcc')),
      account_id uuid,
      channel_id uuid,
      unique nulls not distinct (post_id, account_id, channel_id, kind),
      check (num_nonnulls(account_id, channel_id) <= 1),
      check (account_id is null or kind <> 'broadcast'),
      check (account_id is not null or kind in ('broadcast', 'bcc'))
    )`,
    `create index audience_account on audience (account_id, post_id) where account_id is not null`,

    `create table interaction (
      account_id uuid not null references account,
      post_id uuid not null references post,
      kind text not null check (kind in ('like', 'dislike', 'share', 'hide')),
      at timestamptz not null,
      primary key (account_id, post_id, kind)
    )`,
    `create index interaction_post on interaction (post_id)`,

    `create table post_link (
      post_id uuid not null references post,
      url text not null,
      primary key (post_id, url)
    )`,
    `create index post_link_url on post_link using hash (url)`,

    `create table attachment (
      post_id uuid not null references post,
      position smallint not null,
      name text,
      type text not null,
      size bigint check (size >= 0),
      url text,
      primary key (post_id, position)
    )`,

    `create table evidence (
      id uuid primary key,
      left_id uuid not null references account,
      right_id uuid not null references account,
      heuristic text not null,
      weight real not null,
      because text not null,
      source text not null,
      seen_at timestamptz not null,
      withdrawn_at timestamptz,
      check (left_id < right_id)
    )`,
    `create unique index evidence_standing on evidence (left_id, right_id, heuristic, source) where withdrawn_at is null`,
    `create index evidence_right on evidence (right_id)`,

    `create table decision (
      id uuid primary key,
      left_account_id uuid references account,
      right_account_id uuid references account,
      left_persona_id uuid references persona,
      right_persona_id uuid references persona,
      verdict text not null check (verdict in ('same', 'different')),
      by_whom text not null,
      at timestamptz not null,
      check (num_nulls(left_account_id, right_account_id) in (0, 2)),
      check (num_nulls(left_persona_id, right_persona_id) in (0, 2)),
      check ((left_account_id is null) <> (left_persona_id is null))
    )`,

    `create table merge_log (
      id uuid primary key,
      kept_id uuid not null references persona,
      gone_id uuid not null references persona,
      moved jsonb not null,
      at timestamptz not null,
      undone_at timestamptz,
      check (kept_id <> gone_id)
    )`,

    `create table cursor (
      source text not null,
      stream text not null,
      value text not null,
      at timestamptz not null,
      primary key (source, stream)
    )`,

    `create table outbox (
      id uuid primary key,
      queue text not null,
      job jsonb not null,
      at timestamptz not null
    )`,

    `create table set_aside (
      id uuid primary key,
      source text not null,
      stream text not null,
      reason text not null,
      digest bytea not null,
      raw bytea not null,
      size bigint not null,
      seen_at timestamptz not null,
      unique (source, digest)
    )`,

    `create table device (
      id uuid primary key,
      key text not null unique,
      title text not null,
      created_at timestamptz not null
    )`,

    `create table bucket (
      id uuid primary key,
      device_id uuid not null references device,
      key text not null,
      type text not null,
      client text not null,
      data jsonb not null default '{}',
      created_at timestamptz not null,
      unique (device_id, key)
    )`,

    `create table activity (
      id uuid primary key,
      bucket_id uuid not null references bucket,
      began_at timestamptz not null,
      ended_at timestamptz not null,
      data jsonb not null,
      check (ended_at >= began_at)
    )`,
    `create index activity_bucket on activity (bucket_id, began_at)`,
  ],
}
