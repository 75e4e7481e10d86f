import { lookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Whether this machine may be asked to fetch from a place: by its name as a URL spells it, and by its addresses. */
export interface Guard {
  /** Why a URL must not be fetched; undefined where it may, as far as its text tells. */
  refusal(url: URL): string | undefined
  /** Whether an address is one that anybody may have, or is allowed. */
  isPublic(address: string): boolean
  /** Resolves names for sockets and fails for a name that leads to a private address, at the moment of connecting. */
  readonly lookup: LookupFunction
}

/**
 * Addresses that no public server has (IANA's special-purpose registries, RFC 6890), multicast, and the ranges that
 * carry an IPv4 address inside and so lead anywhere. IPv4 written as IPv6 is matched by the IPv4 rules.
 */
const PRIVATE_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
const PRIVATE_6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]

/** `allow` holds host names, addresses and CIDR ranges that may be fetched from although they are private. */
export function guardOf(allow: readonly string[]): Guard {
  const refused = ranges([...PRIVATE_4, ...PRIVATE_6])
  const allowed = ranges(allow.filter(isRange))
  const hosts = new Set(allow.filter((entry) => !isRange(entry)).map((host) => host.toLowerCase()))
  const isPublic = (address: string) => contains(allowed, address) || !contains(refused, address)

  return {
    isPublic,
    refusal(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        return `${url.protocol} is neither http nor https`
      const host = hostOf(url)
      const isLiteral = isIP(host) !== 0
      return isLiteral && !contains(allowed, host)
        ? `${host} is an address, not a name, and not allowed`
        : undefined
    },
    lookup(host, options, done) {
      lookup(host, { ...options, all: true }, (error, addresses) => {
        const bad = error
          ? undefined
          : addresses.find(({ address }) => !hosts.has(host.toLowerCase()) && !isPublic(address))
        const failure =
          error ??
          (bad ? new Error(`${host} is at ${bad.address}, a private address, and not allowed`) : null)
        answer(done, failure, addresses ?? [], options.all === true)
      })
    },
  }
}

/** Whether an entry of `allow` is an address or a range of them rather than a host name. */
export function isRange(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (rest.length > 0 || longest < 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest)
}

/** A URL's host as sockets spell it: IPv6 without its brackets, no dot at the end. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

function answer(
  done: Parameters<LookupFunction>[2],
  error: NodeJS.ErrnoException | null,
  addresses: LookupAddress[],
  wantsAll: boolean,
): void {
  const [first] = addresses
  if (error || !first) done(error ?? new Error('the name has no address'), '')
  else if (wantsAll) done(null, addresses)
  else done(null, first.address, first.family)
}

function ranges(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return list
}

/** A link-local address may name its interface (`fe80::1%eth0`), which BlockList does not read. */
function contains(list: BlockList, written: string): boolean {
  const address = written.replace(/%.*$/, '')
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
