import type { Call } from "./call.ts";
import { GraphError } from "./errors.ts";
import type { Media } from "./media-store.ts";
import { authorize, noSuchObject, type NumberSettings, requireToken } from "./numbers.ts";
import type { World } from "./world.ts";

/** `POST /{phone_number_id}/media`: multipart with `messaging_product`, `file`, and `type`. */
export async function uploadMedia(world: World, call: Call): Promise<Response> {
  const number = authorize(world.numbers, call.token, call.node);
  const file = call.form?.get("file");
  const type = call.form?.get("type");
  if (call.form?.get("messaging_product") !== "whatsapp") {
    throw new GraphError(100, { message: "(#100) The parameter messaging_product is required." });
  }
  if (!(file instanceof Blob)) {
    throw new GraphError(100, { message: "(#100) The parameter file is required." });
  }
  const mimeType = typeof type === "string" && type !== "" ? type : file.type;
  const media = await world.media.upload(file, mimeType, number.phoneNumberId);
  return Response.json({ id: media.id });
}

/** `GET /{id}`: a number or a file. */
export function getNode(world: World, call: Call): Response {
  requireToken(world.numbers, call.token);
  if (world.numbers.find(call.node) === undefined) {
    return Response.json(world.media.describe(ownMedia(world, call)));
  }
  const number = authorize(world.numbers, call.token, call.node);
  return Response.json(selected(call, describeNumber(number)));
}

/** `DELETE /{media_id}`. */
export function deleteNode(world: World, call: Call): Response {
  requireToken(world.numbers, call.token);
  world.media.delete(ownMedia(world, call).id);
  return Response.json({ success: true });
}

/** The bytes behind a download address: needs the token too; 404 once the address expired. */
export function downloadMedia(world: World, call: Call): Response {
  requireToken(world.numbers, call.token);
  const media = world.media.resolve(call.url);
  if (media === undefined || !mayUse(world, call.token, media)) return new Response(null, { status: 404 });
  return new Response(media.bytes, { headers: { "content-type": media.mimeType } });
}

/** `GET /{waba_id}/message_templates`, with `limit`, `after`, `status`, and `name`. */
export function listTemplates(world: World, call: Call): Response {
  authorizeAccount(world, call);
  const { searchParams } = call.url;
  const [status, name] = [searchParams.get("status"), searchParams.get("name")];
  const found = world.numbers
    .templates(call.node)
    .filter((template) => status === null || template.status === status.toUpperCase())
    .filter((template) => name === null || template.name.includes(name));
  const start = Number(Buffer.from(searchParams.get("after") ?? "", "base64url").toString() || 0);
  const end = start + Number(searchParams.get("limit") ?? 25);
  const cursors = { before: cursor(start), after: cursor(Math.min(end, found.length)) };
  const next = end < found.length ? { next: nextPage(call.url, cursors.after) } : {};
  return Response.json({ data: found.slice(start, end), paging: { cursors, ...next } });
}

/** `GET /{waba_id}/phone_numbers`. */
export function listNumbers(world: World, call: Call): Response {
  authorizeAccount(world, call);
  return Response.json({ data: world.numbers.ofAccount(call.node).map(describeNumber) });
}

/** `GET`, `POST` and `DELETE /{waba_id}/subscribed_apps`. */
export function subscribedApps(world: World, call: Call): Response {
  authorizeAccount(world, call);
  const { subscribed } = world.numbers;
  if (call.method === "POST") subscribed.add(call.node);
  if (call.method === "DELETE") subscribed.delete(call.node);
  if (call.method !== "GET") return Response.json({ success: true });
  const app = {
    whatsapp_business_api_data: {
      id: "670843887433847",
      name: "Balcão",
      link: "https://www.facebook.com/games/?app_id=670843887433847",
    },
  };
  return Response.json({ data: subscribed.has(call.node) ? [app] : [] });
}

/** `GET /debug_token?input_token=`: whether that token opens anything. */
export function debugToken(world: World, call: Call): Response {
  requireToken(world.numbers, call.token);
  const valid = world.numbers.knowsToken(call.url.searchParams.get("input_token") ?? "");
  const scopes = valid ? ["whatsapp_business_management", "whatsapp_business_messaging"] : [];
  const problem = valid ? {} : { error: { code: 190, message: "Invalid OAuth access token." } };
  return Response.json({
    data: {
      app_id: "670843887433847",
      type: "SYSTEM_USER",
      is_valid: valid,
      scopes,
      expires_at: 0,
      ...problem,
    },
  });
}

function authorizeAccount(world: World, call: Call): void {
  const token = requireToken(world.numbers, call.token);
  const mine = world.numbers.ofAccount(call.node).some(({ accessToken }) => accessToken === token);
  if (!mine) throw noSuchObject(call.node);
}

function ownMedia(world: World, call: Call): Media {
  const media = world.media.get(call.node);
  const asked = call.url.searchParams.get("phone_number_id");
  if (media === undefined || !mayUse(world, call.token, media)) throw noSuchObject(call.node);
  if (asked !== null && media.phoneNumberId !== undefined && asked !== media.phoneNumberId)
    throw noSuchObject(call.node);
  return media;
}

function mayUse(world: World, token: string | undefined, media: Media): boolean {
  return media.phoneNumberId === undefined || world.numbers.find(media.phoneNumberId)?.accessToken === token;
}

function describeNumber(number: NumberSettings): Record<string, unknown> {
  return {
    verified_name: number.verifiedName ?? "Balcão",
    code_verification_status: "VERIFIED",
    display_phone_number: number.displayPhone,
    quality_rating: number.qualityRating ?? "GREEN",
    platform_type: "CLOUD_API",
    throughput: { level: "STANDARD" },
    id: number.phoneNumberId,
  };
}

/** Only what `fields` names, and the id, as everywhere in Graph. */
function selected(call: Call, all: Record<string, unknown>): Record<string, unknown> {
  const fields = call.url.searchParams.get("fields");
  if (fields === null) return all;
  const wanted = new Set([...fields.split(","), "id"]);
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
}

function cursor(position: number): string {
  return Buffer.from(String(position)).toString("base64url");
}

function nextPage(url: URL, after: string): string {
  const next = new URL(url);
  next.searchParams.set("after", after);
  return next.href;
}
