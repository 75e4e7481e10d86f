/** The name belongs to the service asked for, if one was. */
const ON_SERVICE = `($2::text is null or exists (
  select from account join service on service.id = account.service_id
  where service.key = $2 and (account.id = name.account_id or account.persona_id = name.persona_id)))`

/** The same for an account or what hangs on it. */
const ACCOUNT_ON_SERVICE = `($2::text is null or exists (
  select from account join service on service.id = account.service_id
  where service.key = $2 and account.id = one.account_id))`

/** Where the name's length and its beginning are known, an index gives it: lengths one by one, shortest first. */
const NAME = 'name.id, name.account_id, name.persona_id'

/** From rows of `hit` to whoever is meant today: merges followed, the owner beside it, in the order of the ranking. */
function whose(hit: string): string {
  return `
    with recursive hit as materialized (${hit}),
    found as materialized (
      select hit.rank, hit.distance, hit.value, hit.id, hit.human_id, coalesce(hit.persona_id, account.persona_id) as persona_id
      from hit left join account on account.id = hit.account_id
    ),
    live as (
      select distinct persona_id as was, persona_id as id from found
      union select live.was, persona.merged_into from live join persona on persona.id = live.id
        where persona.merged_into is not null
    )
    select found.rank, live.id as persona, coalesce(found.human_id, control.human_id) as human
    from found
    left join (live join persona on persona.id = live.id and persona.merged_into is null) on live.was = found.persona_id
    left join persona_control control on control.persona_id = live.id and control.role = 'owns' and control.until is null
    order by found.rank, found.distance, found.value collate "C", found.id`
}

/**
 * Whole names and claims, keys and ids; then beginnings. `$3` and `$4` enclose the names that begin so, `$5` holds
 * claims, `$6` a key, `$7` and `$8` enclose ids, `$9` says that beginnings do not count.
 */
export const STARTS = whose(`
  (select 0 as rank, 0 as distance, '' as value, ${NAME}, null::uuid as human_id
   from name where char_length(folded) = char_length($3) and folded = $3 and ${ON_SERVICE} order by id limit $1)
  union all
  (select 0, 0, '', one.id, one.account_id, null, null
   from claim one where value = any($5::text[]) and ${ACCOUNT_ON_SERVICE} order by id limit $1)
  union all
  (select 0, 0, '', id, id, null, null from account where key = $6)
  union all
  (select 0, 0, '', id, null, id, null
   from (select id, count(*) over () as many from persona where id between $7::uuid and $8::uuid limit 2) one where many = 1)
  union all
  (select 0, 0, '', id, null, null, id
   from (select id, count(*) over () as many from human where id between $7::uuid and $8::uuid limit 2) one where many = 1)
  union all
  (select 1, length - char_length($3), folded, id, account_id, persona_id, null
   from generate_series(char_length($3) + 1, 400) as length cross join lateral (
     select folded, ${NAME} from name
     where char_length(folded) = length and folded ~>=~ $3 and folded ~<~ $4 and ${ON_SERVICE}
     order by folded using ~<~ limit $1
   ) one where not $9 and $3 <> '' limit $1)
  union all
  (select 1, char_length(value) - char_length($3), value, id, account_id, null, null
   from (select value, id, account_id from claim one
     where value ~>=~ $3 and value ~<~ $4 and value <> $3 and $3 <> '' and not $9 and ${ACCOUNT_ON_SERVICE}
     order by value using ~<~ limit 16 * $1) one
   order by char_length(value), value, id limit $1)`)

/** Names that contain the pattern (`$5`) but do not begin with it, among those that `sample` gives. */
function among(sample: string): string {
  return whose(`
  select 2 as rank, char_length(name.folded) - char_length($3) as distance, name.folded as value, ${NAME}, null::uuid as human_id
  from (
    select folded from (${sample}) sample where folded like $5 and not (folded ~>=~ $3 and folded ~<~ $4)
    group by folded order by char_length(folded), folded using ~<~ limit $1
  ) part
  join name on char_length(name.folded) = char_length(part.folded) and name.folded = part.folded
  where ${ON_SERVICE}
  order by char_length(name.folded), name.folded using ~<~, name.id limit $1`)
}

/** Among the shortest names that are longer than the pattern, which is the order of the ranking. */
export const EARLY = among(`
  select folded from name where char_length(folded) > char_length($3)
  order by char_length(folded), folded using ~<~ limit 20000`)

/**
 * Among some names of every length and initial: a pattern that one name in a few hundred contains. There are then
 * so many that sorting them all for the very closest would take long and tell nothing.
 */
export const COMMON = among(`
  select folded from (
    select folded, count(*) filter (where folded like $5) over () as hits
    from generate_series(char_length($3) + 1, char_length($3) + 32) as length
    cross join regexp_split_to_table('abcdefghijklmnopqrstuvwxyz', '') as initial
    cross join lateral (
      select folded from name where char_length(folded) = length and folded ~>=~ initial
      order by folded using ~<~ limit 12
    ) one
  ) counted where hits >= 40`)

/** A part of any name but its beginning, by the trigrams of `$4`. Chosen first and sorted then, or the planner walks all names in order. */
function inside(operator: 'like' | '~'): string {
  return whose(`
  select 2 as rank, char_length(value) - char_length($3) as distance, value, id, account_id, persona_id, null::uuid as human_id
  from (
    select folded as value, ${NAME} from name where folded ${operator} $4 and ${ON_SERVICE} offset 0
  ) name
  where strpos(value, $3) > 1
  order by char_length(value), value using ~<~, id limit $1`)
}

export const INSIDE = inside('like')
/** The same with `$4` as a regular expression. */
export const MATCHING = inside('~')

/** Names that begin with something one slip of the fingers away: `$4` and `$5` enclose them one by one. */
export const CLOSE = whose(`
  select 3 as rank, abs(char_length(one.folded) - char_length($3)) as distance, one.folded as value, one.id,
    one.account_id, one.persona_id, null::uuid as human_id
  from unnest($4::text[], $5::text[]) as edit (low, high) cross join lateral (
    select name.folded, ${NAME} from name
    where folded ~>=~ low and folded ~<=~ high and ${ON_SERVICE}
    order by folded using ~<~ limit $1
  ) one
  order by 2, 3, 4 limit $1`)

/** Names that share most of the pattern's trigrams. */
export const SIMILAR = whose(`
  select 3 as rank, (1 - likeness) * 1000 as distance, value, id, account_id, persona_id, null::uuid as human_id
  from (
    select word_similarity($3, folded) as likeness, folded as value, ${NAME} from name
    where $3 <% folded and ${ON_SERVICE} offset 0
  ) name
  order by likeness desc, abs(char_length(value) - char_length($3)), value using ~<~, id limit $1`)
