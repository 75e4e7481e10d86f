/** `On Mon, 1 Jul 2019, Ann wrote:` in the languages that mailers speak; may be wrapped over three lines. */
const OPENED =
  /^\W{0,3}(?:on|am|le|el|il|em|op|den|på|w|dnia|v|в|at|zitat|quoting|citando|\d{1,4}[-./])(?=[\s\d,]).{3,400}:$/iu
const WROTE =
  /(?:\b(?:wrote|writes|said|schrieb|a écrit|escribió|escribe|ha scritto|schreef|escreveu|skrev|kirjoitti|napsal|napisał)|пишет|писал|написал|написав|写道|書きました)[^:\n]{0,80}:$/iu
const ADDRESS_AND_COLON = /[<("]?[^\s<>]+(?:@| at )[^\s<>]+[>)"]?.{0,80}:$/

/** What mailers write above a message that they forward, or answer above it. */
const FORWARD =
  /^(?:-{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|weitergeleitete nachricht|forwarded message|forwarded by|message d'origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|mensagem original|mensagem encaminhada|oorspronkelijk bericht|doorgestuurd bericht|ursprungligt meddelande|oprindelig meddelelse|исходное сообщение|пересылаемое сообщение)|begin forwarded message:)/iu

/** The block of headers that Outlook puts above what it answers. */
const OUTLOOK_FROM = /^\*?(?:from|von|de|da|van|från|fra|от|od)\s?:\*?\s/iu
const OUTLOOK_SENT =
  /^\*?(?:sent|gesendet|envoyé|enviado(?: el)?|inviato|verzonden|skickat|sendt|отправлено)\s?:\*?\s/iu
const OUTLOOK_TO = /^\*?(?:to|an|à|para|a|aan|till|til|кому|do)\s?:\*?\s/iu
/** Most lines are told by their first letter to be none of these. */
const FORWARD_BEGINS = new Set(Array.from('*BDFOV', (letter) => letter.charCodeAt(0)))

/** RFC 3676, 4.3, perhaps dash-escaped by OpenPGP; where it lost its space, it must stand near the end. */
const SIGNATURE = /^(?:- )?--( ?)\r?$/
/** What mailing lists put below a message, and what closes one that is signed by OpenPGP. */
const FOOTER = /^(?:_{40,}|-----BEGIN PGP SIGNATURE-----)\s*$/

const LONGEST_LINE = 400
const LAST_LINES = 12
const DASH = 0x2d
const UNDERSCORE = 0x5f

/**
 * Where the introduction of the quotation that begins at `at` starts: `Ann wrote:`, wrapped or not, with blank
 * lines below it or not. `at` itself where there is none between `from` and it.
 */
export function attributionAbove(body: string, from: number, at: number): number {
  let start = at
  for (let blank = 0; blank < 2 && lineBefore(body, from, start) === ''; blank++)
    start = startOfLineBefore(body, start)
  if (!lineBefore(body, from, start)?.endsWith(':')) return at

  const last = lineBefore(body, from, start) ?? ''
  const lastStart = startOfLineBefore(body, start)
  let paragraph = ''
  for (let lines = 0; lines < 3 && lineBefore(body, from, start); lines++) {
    paragraph = `${lineBefore(body, from, start)} ${paragraph}`.trim()
    start = startOfLineBefore(body, start)
    if (OPENED.test(paragraph) && (WROTE.test(paragraph) || /\d/.test(paragraph))) return start
  }
  return WROTE.test(last) || ADDRESS_AND_COLON.test(last) ? lastStart : at
}

/** Whether everything from the line at `at` on is a message that is repeated whole. */
export function opensForward(body: string, at: number): boolean {
  const first = body.charCodeAt(at)
  const mayOpen =
    first === DASH ? body.charCodeAt(at + 1) === DASH : FORWARD_BEGINS.has(first) || first > 0x7f
  if (!mayOpen) return false
  const line = lineAt(body, at)
  if (FORWARD.test(line)) return true
  if (!OUTLOOK_FROM.test(line)) return false
  const next = body.slice(at, at + 3 * LONGEST_LINE).split('\n', 6)
  return next.some((other) => OUTLOOK_SENT.test(other)) && next.some((other) => OUTLOOK_TO.test(other))
}

/** Whether the line at `at` parts the signature, a list's footer or an OpenPGP signature from the message. */
export function opensSignature(body: string, at: number): boolean {
  const first = body.charCodeAt(at)
  if (first !== DASH && first !== UNDERSCORE) return false
  const line = lineAt(body, at)
  const dashes = SIGNATURE.exec(line)
  return dashes ? dashes[1] === ' ' || isNearEnd(body, at) : FOOTER.test(line)
}

function lineAt(body: string, at: number): string {
  const end = body.indexOf('\n', at)
  return body.slice(at, Math.min(end < 0 ? body.length : end, at + LONGEST_LINE))
}

function isNearEnd(body: string, at: number): boolean {
  let end = at
  for (let lines = 0; lines <= LAST_LINES && end >= 0; lines++) end = body.indexOf('\n', end + 1)
  return end < 0
}

/** The trimmed line that ends where another begins; undefined above `from` and for one too long to be looked at. */
function lineBefore(body: string, from: number, start: number): string | undefined {
  const at = startOfLineBefore(body, start)
  return start <= from || at < from || start - at > LONGEST_LINE ? undefined : body.slice(at, start).trim()
}

function startOfLineBefore(body: string, start: number): number {
  return start < 2 ? 0 : body.lastIndexOf('\n', start - 2) + 1
}
