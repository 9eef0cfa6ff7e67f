import type { InboundOptions } from "../graph/customer.ts";
import { drawn } from "./sample-files.ts";
import type { Line } from "./script.ts";
import type { Thread } from "./thread.ts";

/** Plays a line of the customer: a signed webhook. Throws `WebhookLostError` when the product does not take it. */
export async function playCustomerLine(thread: Thread, line: Line): Promise<void> {
  // Who writes has read what came before.
  await thread.customer.readAll();
  const wamid = await send(thread, line);
  thread.moved();
  thread.remember(line.as, { wamid });
  if (line.does === "send") await thread.fileArrived(wamid);
}

async function send(thread: Thread, line: Line): Promise<string> {
  const { customer } = thread;
  const quoted: InboundOptions = line.quote === undefined ? {} : { replyTo: thread.wamidOf(line.quote) };
  switch (line.does) {
    case "say":
      return customer.sendText(line.text, {
        ...quoted,
        ...(line.ad === undefined ? {} : { referral: adNamed(line.ad) }),
      });
    case "send": {
      const { kind, file } = await drawn(line.file);
      return customer.sendFile(kind, file, quoted);
    }
    case "place":
      return customer.sendLocation(line.place, quoted);
    case "react":
      return customer.sendReaction(thread.wamidOf(line.to), line.emoji);
    case "note":
    case "take":
    case "transfer":
    case "label":
    case "rank":
    case "fail":
    case "read":
    case "resolve":
      throw new Error(`a customer can't ${line.does}`);
  }
}

/** What Meta tells of an ad that opens a chat. */
function adNamed(headline: string): Readonly<Record<string, unknown>> {
  return {
    source_url: "https://azulejo.example/anuncio",
    source_id: "400000000000001",
    source_type: "ad",
    headline,
    body: "Feitos à mão, todo dia.",
    media_type: "image",
    ctwa_clid: "demo-click",
  };
}
