import { z } from "zod";

import type { BlobFiles } from "../db/blob-files.ts";
import type { Claim } from "../domain/outbox/claim.ts";
import type { Outgoing, ProviderError } from "./channel.ts";

/** A claimed row as something to send, or why it can't be. */
export type Prepared =
  { readonly ok: true; readonly outgoing: Outgoing } | { readonly ok: false; readonly error: ProviderError };

const reactionSchema = z.object({ emoji: z.string() });
const templateSchema = z.object({
  template: z.object({
    name: z.string(),
    language: z.union([z.string(), z.object({ code: z.string() }).transform(({ code }) => code)]),
    components: z.array(z.unknown()).default([]),
  }),
});
const interactiveSchema = z.object({ interactive: z.record(z.string(), z.unknown()) });
const locationSchema = z.object({
  location: z.object({
    latitude: z.number(),
    longitude: z.number(),
    name: z.string().default(""),
    address: z.string().default(""),
  }),
});
const contactsSchema = z.object({ contacts: z.array(z.unknown()).min(1) });
const textSchema = z.object({ preview_url: z.boolean().default(false) });

type Common = Pick<Outgoing, "to" | "messageId" | "replyTo" | "attempt">;

/** Builds what is to be sent from the message's row and files. Throws nothing: a row that makes no sense fails. */
export function prepare({ row, identifiers, files }: Claim, blobs: BlobFiles): Prepared {
  const common: Common = {
    to: { identifiers, name: null },
    messageId: row.message_id,
    replyTo: row.reply_external_id,
    attempt: row.attempts,
  };
  try {
    return row.kind === "reaction" ? reaction(row, common) : message({ row, files }, common, blobs);
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
    return refuse("unsendable", "The message lacks what its type needs.");
  }
}

function reaction(row: Claim["row"], common: Common): Prepared {
  const { emoji } = reactionSchema.parse(JSON.parse(row.payload));
  if (row.external_id === null) return refuse("unsendable", "The message is not known to the provider.");
  return ok({ ...common, replyTo: null, kind: "reaction", target: row.external_id, emoji });
}

function message({ row, files }: Pick<Claim, "row" | "files">, common: Common, blobs: BlobFiles): Prepared {
  const metadata: unknown = JSON.parse(row.metadata);
  switch (row.message_type) {
    case "text": {
      const previewUrl = textSchema.parse(metadata).preview_url;
      return ok({ ...common, kind: "text", text: row.content, previewUrl });
    }
    case "image":
    case "audio":
    case "video":
    case "document":
    case "sticker": {
      const [file] = files;
      const bytes = file?.sha256 ? blobs.open(file.sha256) : undefined;
      if (!file || !bytes) return refuse("file_missing", "The file is not there.");
      const { name, mime_type: mimeType } = file;
      const type = row.message_type;
      return ok({ ...common, kind: "media", type, caption: row.content, file: { name, mimeType, bytes } });
    }
    case "template":
      return ok({ ...common, kind: "template", ...templateSchema.parse(metadata).template });
    case "interactive":
      return ok({ ...common, kind: "interactive", ...interactiveSchema.parse(metadata) });
    case "location":
      return ok({ ...common, kind: "location", ...locationSchema.parse(metadata).location });
    case "contacts":
      return ok({ ...common, kind: "contacts", ...contactsSchema.parse(metadata) });
    case "reaction":
    case "note":
    case "system":
      return refuse("unsendable", "Messages of this type are not sent.");
  }
}

function ok(outgoing: Outgoing): Prepared {
  return { ok: true, outgoing };
}

function refuse(code: string, message: string): Prepared {
  return { ok: false, error: { code, message } };
}
