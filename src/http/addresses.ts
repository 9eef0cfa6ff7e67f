import { BlockList, isIP, isIPv4 } from "node:net";

/** Where a request really comes from. */
export interface Origination {
  readonly ip: string;
  /** Whether the browser's side of the connection is encrypted. */
  readonly secure: boolean;
}

/** Says where requests come from, believing `X-Forwarded-*` of trusted proxies only. */
export type Originator = (request: Request, peer: string | undefined) => Origination;

/** `trusted`: addresses and CIDR ranges (`BALCAO_TRUSTED_PROXIES`). */
export function createOriginator(trusted: readonly string[]): Originator {
  const proxies = blockList(trusted);
  const isTrusted = (ip: string) => isIP(ip) !== 0 && proxies.check(ip, isIPv4(ip) ? "ipv4" : "ipv6");
  return (request, peer) => {
    const direct = { ip: plain(peer ?? ""), secure: new URL(request.url).protocol === "https:" };
    if (!isTrusted(direct.ip)) return direct;
    const secure = lastOf(request.headers.get("X-Forwarded-Proto")) === "https" || direct.secure;
    return { ip: clientOf(request.headers.get("X-Forwarded-For"), direct.ip, isTrusted), secure };
  };
}

/** Each proxy appends whom it heard: from the right, the first that no trusted proxy is. */
function clientOf(header: string | null, peer: string, isTrusted: (ip: string) => boolean): string {
  let client = peer;
  for (const hop of (header ?? "").split(",").toReversed()) {
    const ip = plain(hop.trim());
    if (isIP(ip) === 0) return client;
    client = ip;
    if (!isTrusted(ip)) return client;
  }
  return client;
}

function lastOf(header: string | null): string | undefined {
  return header?.split(",").at(-1)?.trim().toLowerCase();
}

/** An IPv4 address that comes in IPv6's clothes (`::ffff:10.0.0.1`) is the IPv4 address; a port after it is dropped. */
function plain(ip: string): string {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(ip)?.[1] ?? ip.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(bare)?.[1];
  return mapped ?? bare;
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether an address is this machine itself. */
export function isLoopback(ip: string): boolean {
  return ip === "::1" || /^127\.\d+\.\d+\.\d+$/.test(ip);
}
