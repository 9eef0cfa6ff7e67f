import type { ChannelKind } from "../contract/entities.ts";
import { Refusal } from "../contract/errors.ts";
import type { ChannelId } from "../contract/ids.ts";
import { noteVerified } from "../domain/channels/verified.ts";
import { createRouter, type Router } from "../domain/routing.ts";
import type { Inbound } from "./inbound.ts";

/** Where each kind's provider reaches us, below the root. */
const paths: Readonly<Record<ChannelKind, string>> = { whatsapp_cloud: "/webhooks/whatsapp/:channelId" };

/**
 * The providers' doors: no session, only their own tokens and signatures. Nothing is parsed or stored before the signature
 * was checked, and 200 leaves only after the commit. How large a body may be is `http/bodies.ts`' affair.
 */
export function webhookRoutes(inbound: Inbound): Router {
  const router = createRouter();
  for (const [kind, path] of Object.entries(paths)) {
    router.get(path, async (c) => {
      const { record, door } = await find(inbound, c.req.param("channelId"), kind);
      const challenge = door.challenge(new URL(c.req.url).searchParams, record.secrets);
      if (challenge === null) throw new Refusal("forbidden");
      await noteVerified(inbound.deps.context, record);
      return c.text(challenge);
    });
    router.post(path, async (c) => {
      const { record, door } = await find(inbound, c.req.param("channelId"), kind);
      const raw = new Uint8Array(await c.req.arrayBuffer());
      if (!door.isSigned(raw, c.req.raw.headers, record.secrets)) throw new Refusal("invalid_signature");
      await inbound.accept({ address: record, raw });
      return c.body(null, 200);
    });
  }
  return router;
}

async function find({ deps: { directory, modules } }: Inbound, id: string | undefined, kind: string) {
  const record = id === undefined ? undefined : await directory.get(asChannelId(id));
  if (!record || record.kind !== kind) throw new Refusal("not_found");
  return { record, door: modules[record.kind].inbound };
}

/** Whose channel that is, if any's, is looked up next. */
function asChannelId(id: string): ChannelId {
  return id as ChannelId;
}
