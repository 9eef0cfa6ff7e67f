import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** An address that outgoing requests don't go to. `reason` is for the log, not for the one who gave the address. */
export class RefusedAddress extends Error {
  override readonly name = "RefusedAddress";
}

/** What a host name stands for, checked: dial this one, and no other look-up comes in between. */
export interface DialAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export type Lookup = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const systemLookup: Lookup = (host) => lookup(host, { all: true, verbatim: true });

// IANA's special-purpose registries: nothing in these is a public server.
const special = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  special.addSubnet(net, bits, "ipv4");
}

// Of IPv6 only global unicast is public; these parts of it lead elsewhere (Teredo, 6to4, documentation).
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const [net, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  special.addSubnet(net, bits, "ipv6");
}

/** Whether an IP address (in any spelling) is a public server's. An IPv4 address inside an IPv6 one counts as itself. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, "ipv4");
    case 6:
      // Embedded IPv4 (::ffff:0:0/96, 64:ff9b::/96) is outside of 2000::/3, hence refused whatever it embeds.
      return globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
    default:
      return false;
  }
}

/**
 * Resolves the host of an address that somebody else gave us and refuses it unless every answer is public.
 * Throws `RefusedAddress`, or what the look-up threw.
 */
export async function dialAddress(url: URL, find: Lookup = systemLookup): Promise<DialAddress> {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new RefusedAddress(`the scheme ${url.protocol} is not allowed`);
  }
  if (url.username !== "" || url.password !== "") throw new RefusedAddress("the address holds credentials");
  // URL has already turned 0x7f.1, 2130706433 and the like into dotted form.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await find(host);
  // One private answer among public ones is how rebinding looks.
  if (found.some(({ address }) => !isPublicAddress(address))) {
    throw new RefusedAddress(`${host} is not a public address`);
  }
  const [first] = found;
  if (!first) throw new RefusedAddress(`${host} has no address`);
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
