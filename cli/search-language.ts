/** What a query of `skrode search` may hold, for its help. */
export const SEARCH_LANGUAGE = `What a query may hold:
  kernel fault        posts with all of these words, in any form; case and accents do not count
  "page fault"        these words in a row
  kern*               words that begin so
  -swap               without this word, phrase, bracket or condition
  a or b, (a or b) c  either; brackets group
  from:ann            written by one called so: a name, the beginning of a word of it, a handle, an address, a key
                      or the id of a persona; whatever account of theirs it was
  to:ann              sent to them
  in:gardeners        in a channel, by title or key
  service:mail        on a service
  after:2024 before:2024-03-05 on:"march 2024"
                      from the beginning of a date on, before it, in it; also today, yesterday, this week, last
                      month, last year, 7d, 3 weeks, 2 months, 1 year (ago, and since)
  has:link has:attachment is:reply
  thread:<key>        the whole conversation in which a post stands
Values with spaces stand in quotation marks: from:"Ann Arbour".`
