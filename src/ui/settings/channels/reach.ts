/** Whether Meta can deliver to an address: it wants https and a host that the internet knows. */
export type Reach = "public" | "insecure" | "private";

export function reachOf(address: string): Reach {
  const { protocol, hostname } = new URL(address);
  if (isPrivate(hostname)) return "private";
  return protocol === "https:" ? "public" : "insecure";
}

/** Whether an address leads nowhere but to the computer that it is opened on. */
export function isLoopback(address: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);
}

/** Loopback, the networks of homes and shops, and names that only they know. */
function isPrivate(host: string): boolean {
  if (host.startsWith("[")) return /^\[(?:::1?|f[cde][0-9a-f]{2}:.*)\]$/.test(host);
  const parts = host.split(".").map(Number);
  if (parts.length === 4 && parts.every((part) => Number.isInteger(part))) {
    const [a = 0, b = 0] = parts;
    return (
      [0, 10, 127].includes(a) ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254)
    );
  }
  return !host.includes(".") || /\.(?:local|localhost|lan|home|internal|test)$/.test(host);
}
