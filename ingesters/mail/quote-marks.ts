/** `On Mon, 1 Jul 2019, Ann wrote:` in the languages that mailers speak; may be wrapped over three lines. */
const OPENED_AND_CLOSED =
  /^\W{0,3}(?:on|am|le|el|il|em|op|den|på|w|dnia|v|в|at|zitat|quoting|citando|\d{1,4}[-./])(?=[\s\d,]).{3,400}:$/iu
const WROTE =
  /(?:\b(?:wrote|writes|said|schrieb|a écrit|escribió|escribe|ha scritto|schreef|escreveu|skrev|kirjoitti|napsal|napisał)|пишет|писал|написал|написав|写道|書きました)[^:\n]{0,80}:$/iu
const ADDRESS_AND_COLON = /[<("]?[^\s<>]+(?:@| at )[^\s<>]+[>)"]?.{0,80}:$/

/** What mailers write above a message that they forward or answer below the answer. */
const FORWARD =
  /^(?:-{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|weitergeleitete nachricht|forwarded message|forwarded by|message d'origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|mensagem original|mensagem encaminhada|oorspronkelijk bericht|doorgestuurd bericht|ursprungligt meddelande|oprindelig meddelelse|исходное сообщение|пересылаемое сообщение)|begin forwarded message:)/iu

/** The block of headers that Outlook puts above what it answers. */
const OUTLOOK_FROM = /^\*?(?:from|von|de|da|van|från|fra|от|od)\s?:\*?\s/iu
const OUTLOOK_SENT =
  /^\*?(?:sent|gesendet|envoyé|enviado(?: el)?|inviato|verzonden|skickat|sendt|отправлено)\s?:\*?\s/iu
const OUTLOOK_TO = /^\*?(?:to|an|à|para|a|aan|till|til|кому|do)\s?:\*?\s/iu

/** RFC 3676, 4.3, perhaps dash-escaped by OpenPGP. */
const SIGNATURE = /^(?:- )?-- $/
const WORN_SIGNATURE = /^(?:- )?--$/
/** What mailing lists put below a message, and what closes one that is signed by OpenPGP. */
const FOOTER = /^(?:_{40,}|-----BEGIN PGP SIGNATURE-----)\s*$/

const LONGEST_LINE = 400
const LAST_LINES = 12

/** How many of the last lines introduce the quotation that follows them: `Ann wrote:`, wrapped or not, blank lines included. */
export function attributionLines(above: readonly string[]): number {
  let blank = 0
  while (blank < 2 && above.at(-1 - blank)?.trim() === '') blank++
  if (
    !above
      .at(-1 - blank)
      ?.trimEnd()
      .endsWith(':')
  )
    return 0
  for (let lines = 1; lines <= 3; lines++) {
    const joined = paragraphEnd(above, blank, lines)
    if (joined === undefined) break
    if (OPENED_AND_CLOSED.test(joined) && (WROTE.test(joined) || /\d/.test(joined))) return blank + lines
  }
  const last = paragraphEnd(above, blank, 1) ?? ''
  return WROTE.test(last) || ADDRESS_AND_COLON.test(last) ? blank + 1 : 0
}

/** Whether everything from this line on is a message that is repeated whole. */
export function opensForward(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (line.length > LONGEST_LINE || !/^[-\p{L}*]/u.test(line)) return false
  if (FORWARD.test(line)) return true
  if (!OUTLOOK_FROM.test(line)) return false
  const next = lines.slice(at + 1, at + 6)
  return next.some((other) => OUTLOOK_SENT.test(other)) && next.some((other) => OUTLOOK_TO.test(other))
}

/** Whether this line parts the signature, a list's footer or an OpenPGP signature from the message. */
export function opensSignature(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (line.charCodeAt(0) !== 0x2d && line.charCodeAt(0) !== 0x5f) return false
  const isLate = lines.length - at <= LAST_LINES
  return SIGNATURE.test(line) || FOOTER.test(line) || (isLate && WORN_SIGNATURE.test(line))
}

/** The last lines above the blank ones as one, or undefined where a blank line, a long one or the start cuts them. */
function paragraphEnd(above: readonly string[], blank: number, count: number): string | undefined {
  const lines = above.slice(above.length - blank - count, above.length - blank)
  const isWhole =
    lines.length === count && lines.every((line) => line.trim() !== '' && line.length <= LONGEST_LINE)
  return isWhole ? lines.map((line) => line.trim()).join(' ') : undefined
}
