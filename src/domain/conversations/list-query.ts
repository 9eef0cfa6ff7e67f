/** The query of `GET /conversations`, checked and turned into what `listConversations` takes. */
import { z } from "@hono/zod-openapi";

import { type ConversationStatus, conversationStatuses } from "../../contract/entities.ts";
import type { UserId } from "../../contract/ids.ts";
import { invalidField } from "../invalid-field.ts";
import { queueIdSchema } from "../users/schema.ts";
import type { ConversationCursor } from "./list-store.ts";
import type { ListInput } from "./list.ts";
import { channelIdSchema, labelIdSchema } from "./schema.ts";

const statusWords = [...conversationStatuses, "closed_only", "open", "all"] as const;
type StatusWord = (typeof statusWords)[number];

/** Several statuses may be given with commas between them. */
const status = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(statusWords)).max(statusWords.length));

export const listQuery = z.object({
  status: status.optional().openapi({
    type: "string",
    description:
      "active | assigned | waiting | resolved | closed (also matches resolved) | closed_only | open | all; several with commas",
  }),
  search: z
    .string()
    .trim()
    .max(200)
    .optional()
    .openapi({ description: "Name, phone, e-mail, number or content" }),
  queue_id: queueIdSchema.optional(),
  assignee_id: z.string().max(64).optional().openapi({ description: "A user's id, `me` or `none`" }),
  label: labelIdSchema.optional(),
  channel_id: channelIdSchema.optional(),
  sort: z.enum(["newest", "oldest"]).default("newest").openapi({ description: "By last activity" }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
  cursor: z.string().max(200).optional().openapi({ description: "`X-Next-Cursor` of the page before" }),
});

/** Throws `invalid_request` for a cursor that is none of ours. */
export function toListInput(query: z.infer<typeof listQuery>, me: UserId): ListInput {
  const { assignee_id } = query;
  const statuses = query.status && statusesOf(query.status);
  return {
    filter: {
      ...(statuses && { statuses }),
      ...(assignee_id !== undefined && { assigneeId: assigneeOf(assignee_id, me) }),
      ...(query.queue_id !== undefined && { queueId: query.queue_id }),
      ...(query.channel_id !== undefined && { channelId: query.channel_id }),
      ...(query.label !== undefined && { labelId: query.label }),
    },
    search: query.search || null,
    order: query.sort,
    limit: query.limit,
    offset: query.offset,
    cursor: query.cursor === undefined ? null : decodeCursor(query.cursor),
  };
}

/** Undefined for `all`. */
function statusesOf(words: readonly StatusWord[]): readonly ConversationStatus[] | undefined {
  if (words.includes("all")) return undefined;
  return [...new Set(words.flatMap(meaning))];
}

function meaning(word: StatusWord): readonly ConversationStatus[] {
  switch (word) {
    case "closed":
      return ["resolved", "closed"];
    case "closed_only":
      return ["closed"];
    case "open":
      return ["active", "assigned", "waiting"];
    case "all":
      return conversationStatuses;
    case "active":
    case "assigned":
    case "waiting":
    case "resolved":
      return [word];
  }
}

function assigneeOf(word: string, me: UserId): UserId | null {
  if (word === "none") return null;
  return word === "me" ? me : (word as UserId);
}

export function encodeCursor({ activityAt, id }: ConversationCursor): string {
  return Buffer.from(`${activityAt} ${id}`).toString("base64url");
}

function decodeCursor(text: string): ConversationCursor {
  const match = /^(\d{1,15}) ([\w-]{1,64})$/.exec(Buffer.from(text, "base64url").toString("utf8"));
  const [, activityAt, id] = match ?? [];
  if (activityAt === undefined || id === undefined) throw invalidField("cursor", "is not one that was given");
  return { activityAt: Number(activityAt), id };
}
