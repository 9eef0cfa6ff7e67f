import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import { type FetchedColumns, markFetched, markUnfetched, type PendingFile } from "./fetch-store.ts";
import { readPicture } from "./picture.ts";

/** Notes that a file is in our own store: its message shows it from now on. `sha256` names it there, `size` in bytes. */
export async function fileFetched(
  context: Context,
  file: PendingFile,
  stored: { readonly sha256: string; readonly size: number },
): Promise<void> {
  const columns = { ...stored, ...(await pictureColumns(context, stored.sha256)) };
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    if (await markFetched(tx, file, columns)) await tell(tx, file, at);
  });
}

/** Notes why a file could not be fetched. `dueAt` (ms) is the next try; null says that there is none. */
export async function fileUnfetched(
  context: Context,
  file: PendingFile,
  end: { readonly error: string; readonly dueAt: number | null },
): Promise<void> {
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    if ((await markUnfetched(tx, file, end)) && end.dueAt === null) await tell(tx, file, at);
  });
}

async function pictureColumns(
  { blobs }: Context,
  sha256: string,
): Promise<Pick<FetchedColumns, "thumbnail_sha256" | "width" | "height">> {
  const bytes = blobs.open(sha256);
  const picture = bytes ? await readPicture(bytes) : null;
  if (!picture) return { thumbnail_sha256: null, width: null, height: null };
  const { width, height, thumbnail } = picture;
  const stored = await blobs.put(thumbnail, thumbnail.byteLength);
  return { thumbnail_sha256: stored.sha256, width, height };
}

async function tell(
  tx: Tx,
  { company_id, message_id, conversation_id }: PendingFile,
  at: number,
): Promise<void> {
  const data = { message_id, conversation_id, change: "attachment" } as const;
  await append(tx, company_id, { type: "message.updated", data, at });
}
