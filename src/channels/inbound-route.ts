import type { ChannelRecord } from "../domain/channels/record.ts";
import type { ChannelDirectory } from "./directory.ts";
import type { ParsedItem } from "./inbound-kind.ts";
import type { ChannelModules } from "./kinds.ts";

/** An item with its place in the webhook and the channel that it is for; null where there is none. */
export interface RoutedItem {
  readonly place: number;
  readonly item: ParsedItem;
  readonly channel: ChannelRecord | null;
}

/**
 * Tells whose each item is: the address is the app's, the number that an item names decides (channels.md,
 * "whatsapp_cloud facts"). What names no number is the address' where it is about its account, and else nobody's: one
 * account's deletion must not take the number of another down.
 */
export async function routeItems(
  { directory, modules }: { readonly directory: ChannelDirectory; readonly modules: ChannelModules },
  address: ChannelRecord,
  items: readonly ParsedItem[],
): Promise<readonly RoutedItem[]> {
  const channels = new Map<string, ChannelRecord | null>([["", null]]);
  if (address.externalKey !== null) channels.set(address.externalKey, address);
  const { shareApp, answersTo } = modules[address.kind].inbound;
  for (const { route } of items) {
    if (channels.has(route)) continue;
    if (answersTo(address.settings, route)) {
      channels.set(route, address);
      continue;
    }
    const named = await directory.named(address, route);
    channels.set(route, named.find(({ secrets }) => shareApp(secrets, address.secrets)) ?? null);
  }
  return items.map((item, place) => ({ place, item, channel: channels.get(item.route) ?? null }));
}
