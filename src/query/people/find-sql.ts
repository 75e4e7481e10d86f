/** On the service asked for (`$2`), if one was. */
function onService(held: string): string {
  return `($2::text is null or exists (
    select from account join service on service.id = account.service_id where service.key = $2 and (${held})))`
}

/** An account of nobody who was found before (`$3`). */
function isNew(account: string): string {
  return `(cardinality($3::uuid[]) = 0 or not exists (
    select from account where account.id = ${account} and account.persona_id = any($3::uuid[])))`
}

const NAME_WANTED = `${onService('account.id = name.account_id or account.persona_id = name.persona_id')}
  and ${isNew('name.account_id')}`
const CLAIM_WANTED = `${onService('account.id = one.account_id')} and ${isNew('one.account_id')}`

/** Where the name's length and its beginning are known, an index gives it: lengths one by one, shortest first. */
const NAME = 'name.id, name.account_id, name.persona_id'

/**
 * From rows of `hit` to whoever is meant today: merges followed, the owner beside it, in the order of the ranking.
 * Row by row, as the planner expects far too many and would read all personas.
 */
function whose(hit: string): string {
  return `
    with hit as materialized (${hit})
    select hit.rank, live.id as persona, coalesce(hit.human_id, owner.human_id) as human
    from hit
    left join lateral (
      select coalesce(hit.persona_id, (select persona_id from account where account.id = hit.account_id)) as id
    ) held on true
    left join lateral (
      select case when merged_into is null then id else ${LIVE} end as id from persona where id = held.id offset 0
    ) live on true
    left join lateral (
      select human_id from persona_control where persona_id = live.id and role = 'owns' and until is null offset 0
    ) owner on true
    order by hit.rank, hit.distance, hit.value collate "C", hit.id`
}

/** What a persona that was merged away has become. */
const LIVE = `(
  with recursive step as (
    select persona.merged_into as id
    union all
    select next.merged_into from step join persona next on next.id = step.id where next.merged_into is not null
  )
  select step.id from step join persona last on last.id = step.id and last.merged_into is null)`

/**
 * Whole names and claims, keys and ids; then beginnings. `$4` and `$5` enclose the names that begin so, `$6` holds
 * claims, `$7` a key, `$8` and `$9` enclose ids, `$10` says that beginnings do not count.
 */
export const STARTS = whose(`
  (select 0 as rank, 0 as distance, '' as value, ${NAME}, null::uuid as human_id
   from name where char_length(folded) = char_length($4) and folded = $4 and ${NAME_WANTED} order by id limit $1)
  union all
  (select 0, 0, '', one.id, one.account_id, null, null
   from claim one where value = any($6::text[]) and ${CLAIM_WANTED} order by id limit $1)
  union all
  (select 0, 0, '', id, id, null, null from account where key = $7)
  union all
  (select 0, 0, '', id, null, id, null
   from (select id, count(*) over () as many from persona where id between $8::uuid and $9::uuid limit 2) one where many = 1)
  union all
  (select 0, 0, '', id, null, null, id
   from (select id, count(*) over () as many from human where id between $8::uuid and $9::uuid limit 2) one where many = 1)
  union all
  (select 1, length - char_length($4), folded, id, account_id, persona_id, null
   from generate_series(char_length($4) + 1, 400) as length cross join lateral (
     select folded, ${NAME} from name
     where char_length(folded) = length and folded ~>=~ $4 and folded ~<~ $5 and ${NAME_WANTED}
     order by folded using ~<~ limit $1
   ) one where not $10 and $4 <> '' limit $1)
  union all
  (select 1, char_length(value) - char_length($4), value, id, account_id, null, null
   from (select value, id, account_id from claim one
     where value ~>=~ $4 and value ~<~ $5 and value <> $4 and $4 <> '' and not $10 and ${CLAIM_WANTED}
     order by value using ~<~ limit 16 * $1) one
   order by char_length(value), value, id limit $1)`)

/** Names that contain the pattern (`$6`) but do not begin with it, among those that `sample` gives. */
function among(sample: string): string {
  return whose(`
  select 2 as rank, char_length(name.folded) - char_length($4) as distance, name.folded as value, ${NAME}, null::uuid as human_id
  from (
    select folded from (${sample}) sample where folded like $6 and not (folded ~>=~ $4 and folded ~<~ $5)
    group by folded order by char_length(folded), folded using ~<~ limit $1
  ) part
  join name on char_length(name.folded) = char_length(part.folded) and name.folded = part.folded
  where ${NAME_WANTED}
  order by char_length(name.folded), name.folded using ~<~, name.id limit $1`)
}

/** Among the shortest names that are longer than the pattern, which is the order of the ranking. */
export const EARLY = among(`
  select folded from name where char_length(folded) > char_length($4)
  order by char_length(folded), folded using ~<~ limit 20000`)

/**
 * Among some names of every length and initial: a pattern that one name in a few hundred contains. There are then
 * so many that sorting them all for the very closest would take long and tell nothing.
 */
export const COMMON = among(`
  select folded from (
    select folded, count(*) filter (where folded like $6) over () as hits
    from generate_series(char_length($4) + 1, char_length($4) + 32) as length
    cross join regexp_split_to_table('abcdefghijklmnopqrstuvwxyz', '') as initial
    cross join lateral (
      select folded from name where char_length(folded) = length and folded ~>=~ initial
      order by folded using ~<~ limit 12
    ) one
  ) counted where hits >= 40`)

/** A part of any name but its beginning, by the trigrams of `$5`. Chosen first and sorted then, or the planner walks all names in order. */
function inside(operator: 'like' | '~'): string {
  return whose(`
  select 2 as rank, char_length(value) - char_length($4) as distance, value, id, account_id, persona_id, null::uuid as human_id
  from (
    select folded as value, ${NAME} from name where folded ${operator} $5 and ${NAME_WANTED} offset 0
  ) name
  where strpos(value, $4) > 1
  order by char_length(value), value using ~<~, id limit $1`)
}

export const INSIDE = inside('like')
/** The same with `$5` as a regular expression. */
export const MATCHING = inside('~')

/** Names that begin with something one slip of the fingers away: `$5` and `$6` enclose them one by one. */
export const CLOSE = whose(`
  select 3 as rank, abs(char_length(one.folded) - char_length($4)) as distance, one.folded as value, one.id,
    one.account_id, one.persona_id, null::uuid as human_id
  from unnest($5::text[], $6::text[]) as edit (low, high) cross join lateral (
    select name.folded, ${NAME} from name
    where folded ~>=~ low and folded ~<=~ high and ${NAME_WANTED}
    order by folded using ~<~ limit $1
  ) one
  order by 2, 3, 4 limit $1`)

/** Names that share most of the pattern's trigrams. */
export const SIMILAR = whose(`
  select 3 as rank, (1 - likeness) * 1000 as distance, value, id, account_id, persona_id, null::uuid as human_id
  from (
    select word_similarity($4, folded) as likeness, folded as value, ${NAME} from name
    where $4 <% folded and ${NAME_WANTED} offset 0
  ) name
  order by likeness desc, abs(char_length(value) - char_length($4)), value using ~<~, id limit $1`)
