/** Addresses that open one file for a few minutes without signing in, for clients of other sites. */
import { createHmac, timingSafeEqual } from "node:crypto";

import type { Caller } from "../../auth/caller.ts";
import { Refusal } from "../../contract/errors.ts";
import type { AttachmentId, CompanyId } from "../../contract/ids.ts";
import { deriveKey } from "../../db/secrets.ts";
import type { Context } from "../context.ts";
import { attachmentUrl } from "./address.ts";
import { seeAttachment } from "./see.ts";
import { type AttachmentRow, readAttachment } from "./store.ts";

/** Milliseconds. */
const lifetime = 5 * 60_000;

/** What a link's query carries. */
export interface LinkQuery {
  readonly company: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly signature: string;
}

export interface Link {
  /** Without the origin. */
  readonly path: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** Throws `not_found`, also for a file that is not here (yet). */
export async function createLink(context: Context, caller: Caller, id: AttachmentId): Promise<Link> {
  const row = await context.sql.read((tx) => seeAttachment(tx, caller, id));
  if (row.sha256 === null) throw new Refusal("not_found");
  const expiresAt = context.clock.now() + lifetime;
  const signature = sign(context, { company: caller.companyId, id, expires: expiresAt });
  const query = new URLSearchParams({ company: caller.companyId, expires: String(expiresAt), signature });
  return { path: `${attachmentUrl(id, row.name)}?${query.toString()}`, expiresAt };
}

/** The attachment of a signed address. Throws `link_invalid` for a wrong or old one, `not_found`. */
export async function openLink(
  context: Context,
  id: AttachmentId,
  { company, expires, signature }: LinkQuery,
): Promise<AttachmentRow> {
  const expected = Buffer.from(sign(context, { company, id, expires }));
  const given = Buffer.from(signature);
  const genuine = given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
  if (!genuine || expires <= context.clock.now()) throw new Refusal("link_invalid");
  // The signature vouches for the company: it was ours that wrote it there.
  const row = await context.sql.read((tx) => readAttachment(tx, company as CompanyId, id));
  if (!row) throw new Refusal("not_found");
  return row;
}

function sign(
  { key }: Context,
  of: { readonly company: string; readonly id: AttachmentId; readonly expires: number },
): string {
  return createHmac("sha256", deriveKey(key, "attachments"))
    .update(`link ${of.company} ${of.id} ${of.expires}`)
    .digest("base64url");
}
