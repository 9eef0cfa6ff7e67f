/** A WhatsApp number on Meta's Cloud API, running. */
import { z } from "zod";

import { Refusal } from "../../contract/errors.ts";
import type { ChannelId } from "../../contract/ids.ts";
import type { OutgoingOptions } from "../../lib/outgoing-fetch.ts";
import type { ChannelState, RunningChannel, SendLimits, TemplateInfo } from "../channel.ts";
import { classify } from "./errors.ts";
import { askGraph, type GraphReply, type GraphSettings } from "./graph.ts";
import { fetchMedia } from "./media.ts";
import { sendMessage } from "./send.ts";

export interface CloudNumber {
  readonly id: ChannelId;
  readonly phoneNumberId: string;
  readonly wabaId: string | null;
  readonly graph: GraphSettings;
  readonly outgoing: OutgoingOptions;
}

/** 80 messages a second per number; one every 6 s per recipient with a burst of 45 (channels.md, "Outbox"). */
const limits: SendLimits = { perSecond: 80, recipient: { burst: 45, everyMs: 6_000 } };

const TEMPLATE_PAGES = 50;

/** Nothing is kept open: a number is a set of credentials. */
export function startCloudNumber(number: CloudNumber): RunningChannel {
  const stopping = new AbortController();
  const either = (signal: AbortSignal) => AbortSignal.any([signal, stopping.signal]);
  return {
    id: number.id,
    limits,
    send: (outgoing, signal) => sendMessage(number, outgoing, signal),
    fetchFile: (source, signal) => fetchMedia(number, source, either(signal)),
    async markRead(externalId, typing) {
      await askGraph(number.graph, readReceipt(number, externalId, typing), stopping.signal);
    },
    check: (signal) => checkNumber(number, either(signal)),
    templates: (signal) => listTemplates(number, either(signal)),
    async stop() {
      stopping.abort();
    },
  };
}

function readReceipt(number: CloudNumber, externalId: string, typing: boolean) {
  const body = {
    messaging_product: "whatsapp",
    status: "read",
    message_id: externalId,
    ...(typing ? { typing_indicator: { type: "text" } } : {}),
  };
  return { method: "POST", path: `${number.phoneNumberId}/messages`, body } as const;
}

const numberSchema = z.object({
  display_phone_number: z.string(),
  quality_rating: z.string().optional(),
});

async function checkNumber(number: CloudNumber, signal: AbortSignal): Promise<ChannelState> {
  const path = `${number.phoneNumberId}?fields=display_phone_number,verified_name,quality_rating`;
  const reply = await askGraph(number.graph, { method: "GET", path }, signal);
  if (reply.kind !== "ok") {
    // An outage of Meta's says nothing of the credentials.
    const isOurs = reply.kind === "refused" && classify(reply.refusal.code, reply.refusal.status) !== "retry";
    return { status: isOurs ? "error" : "degraded", detail: wordsOf(reply), phone: null };
  }
  const parsed = numberSchema.safeParse(reply.body);
  if (!parsed.success) return { status: "error", detail: "The answer could not be read.", phone: null };
  const phone = `+${parsed.data.display_phone_number.replaceAll(/\D/g, "")}`;
  const deaf = await subscribe(number, signal);
  if (deaf !== null) return { status: "degraded", detail: `webhooks: ${deaf}`, phone };
  const isPoor = parsed.data.quality_rating === "RED";
  return { status: isPoor ? "degraded" : "connected", detail: isPoor ? "number quality: RED" : null, phone };
}

/**
 * Asks Meta to send the account's webhooks to our app, which the app's own settings don't do; asking again changes
 * nothing. Returns why it will not, or null.
 */
async function subscribe({ graph, wabaId }: CloudNumber, signal: AbortSignal): Promise<string | null> {
  if (wabaId === null) return null;
  const reply = await askGraph(graph, { method: "POST", path: `${wabaId}/subscribed_apps` }, signal);
  return reply.kind === "ok" ? null : wordsOf(reply);
}

const templatesSchema = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      category: z.string(),
      status: z.string(),
      components: z.array(z.unknown()).default([]),
    }),
  ),
  paging: z
    .object({ next: z.string().optional(), cursors: z.object({ after: z.string() }).optional() })
    .optional(),
});

async function listTemplates(number: CloudNumber, signal: AbortSignal): Promise<readonly TemplateInfo[]> {
  if (number.wabaId === null) throw new Refusal("not_supported", { missing: "waba_id" });
  const found: TemplateInfo[] = [];
  const query = new URLSearchParams({ fields: "name,language,category,status,components", limit: "100" });
  for (let page = 0; page < TEMPLATE_PAGES; page += 1) {
    const path = `${number.wabaId}/message_templates?${query.toString()}`;
    const reply = await askGraph(number.graph, { method: "GET", path }, signal);
    const parsed = templatesSchema.safeParse(reply.kind === "ok" ? reply.body : undefined);
    if (!parsed.success) throw new Refusal("provider_error", { reason: wordsOf(reply) });
    found.push(...parsed.data.data);
    const after = parsed.data.paging?.cursors?.after;
    if (parsed.data.paging?.next === undefined || after === undefined) break;
    // Its own address, not the one in `next`: that holds the token's host as Meta likes it.
    query.set("after", after);
  }
  return found;
}

function wordsOf(reply: GraphReply): string {
  switch (reply.kind) {
    case "ok":
      return "The answer could not be read.";
    case "refused":
      return reply.refusal.code === null
        ? reply.refusal.message
        : `${reply.refusal.message} (${reply.refusal.code})`;
    case "unsent":
    case "unanswered":
      return reply.error.message;
  }
}
