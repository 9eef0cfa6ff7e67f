import { z } from "zod";

import type { Outgoing, Person, SendResult } from "../channel.ts";
import { errorOf, refused } from "./errors.ts";
import { askGraph, type GraphSettings } from "./graph.ts";
import { personOf } from "./people.ts";
import { isReachable, sendBody } from "./send-body.ts";
import { idSchema } from "./wire.ts";

export interface SendSettings {
  readonly graph: GraphSettings;
  readonly phoneNumberId: string;
}

const acceptedSchema = z.object({
  messages: z.array(z.object({ id: z.string().min(1) })).min(1),
  contacts: z
    .array(z.object({ wa_id: idSchema.optional(), user_id: idSchema.optional() }))
    .optional()
    .catch(undefined),
});

/** Sends one message; a file is uploaded first. Never throws. */
export async function sendMessage(
  settings: SendSettings,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<SendResult> {
  if (!isReachable(outgoing.to)) {
    return {
      outcome: "failed",
      error: { code: "no_address", message: "The contact has no WhatsApp number." },
    };
  }
  if (outgoing.kind !== "media") return post(settings, { outgoing, mediaId: null }, signal);
  const upload = await uploadFile(settings, outgoing, signal);
  return typeof upload === "string" ? post(settings, { outgoing, mediaId: upload }, signal) : upload;
}

async function post(
  { graph, phoneNumberId }: SendSettings,
  { outgoing, mediaId }: { readonly outgoing: Outgoing; readonly mediaId: string | null },
  signal: AbortSignal,
): Promise<SendResult> {
  const body = sendBody(outgoing, mediaId);
  const reply = await askGraph(graph, { method: "POST", path: `${phoneNumberId}/messages`, body }, signal);
  switch (reply.kind) {
    case "unsent":
      return { outcome: "retry", error: reply.error, after: null, wholeChannel: true };
    case "unanswered":
      return { outcome: "ambiguous", error: reply.error };
    case "refused":
      return refused(reply.refusal, outgoing.attempt);
    case "ok":
      return accepted(reply.body);
  }
}

function accepted(body: unknown): SendResult {
  const parsed = acceptedSchema.safeParse(body);
  const [message] = parsed.data?.messages ?? [];
  // It said yes and no more: the message is probably on its way, so it must not be sent again.
  if (!message) {
    return { outcome: "ambiguous", error: { code: "unreadable", message: "The answer could not be read." } };
  }
  return { outcome: "sent", externalId: message.id, recipient: recipientOf(parsed.data?.contacts) };
}

function recipientOf(contacts: z.infer<typeof acceptedSchema>["contacts"]): Person | null {
  const [contact] = contacts ?? [];
  return contact ? personOf({ waId: contact.wa_id, userId: contact.user_id }) : null;
}

/** The file's id at Meta, or why the message can't be sent now. A lost upload leaves nothing at the customer's. */
async function uploadFile(
  { graph, phoneNumberId }: SendSettings,
  { file, attempt }: Extract<Outgoing, { kind: "media" }>,
  signal: AbortSignal,
): Promise<string | SendResult> {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", file.mimeType);
  form.set("file", new File([file.bytes], file.name, { type: file.mimeType }));
  const request = { method: "POST", path: `${phoneNumberId}/media`, body: form } as const;
  // A large file over a small line takes its time, and repeating it costs the same again.
  const patient = { ...graph, timeoutMs: graph.timeoutMs * 10 };
  const reply = await askGraph(patient, request, signal);
  switch (reply.kind) {
    case "unsent":
    case "unanswered":
      return { outcome: "retry", error: reply.error, after: null, wholeChannel: reply.kind === "unsent" };
    case "refused":
      return refused(reply.refusal, attempt);
    case "ok": {
      const parsed = z.object({ id: idSchema }).safeParse(reply.body);
      if (parsed.success) return parsed.data.id;
      const error = errorOf({
        status: 200,
        code: null,
        message: "The upload's answer could not be read.",
        retryAfter: null,
      });
      return { outcome: "retry", error, after: null, wholeChannel: false };
    }
  }
}
