import { expect, test } from "bun:test";

import { readHealth } from "../domain/channels/health.ts";
import { channelModules } from "./index.ts";
import { Receiver, verifyToken } from "./testing/webhooks.ts";

test("the connection page tells when WhatsApp confirmed the address, and a wrong token confirms nothing", async () => {
  await using desk = await Receiver.open();
  expect(await ask(desk, "a guess")).toEqual({ status: 403, verifiedAt: null });
  const events = (await desk.events()).length;
  const verifiedAt = new Date(desk.context.clock.now()).toISOString();
  expect(await ask(desk, verifyToken)).toEqual({ status: 200, verifiedAt });
  expect((await desk.events()).slice(events)).toEqual(["channel.updated"]);
});

/** Asks as WhatsApp does before it sends anything, then looks at the page. */
async function ask(desk: Receiver, token: string): Promise<{ status: number; verifiedAt: string | null }> {
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.verify_token": token,
    "hub.challenge": "1158201444",
  });
  const response = await fetch(`${desk.api.url}/webhooks/whatsapp/${desk.channelId}?${query.toString()}`);
  await response.arrayBuffer();
  const asked = { id: desk.channelId, kinds: channelModules };
  const health = await readHealth(desk.context, desk.company.admin, asked);
  return { status: response.status, verifiedAt: health.verified_at };
}
