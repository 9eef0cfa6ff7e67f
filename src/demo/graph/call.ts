import { GraphError } from "./errors.ts";
import { isReadReceipt } from "./send-body.ts";

/** What a request wants, named so that a fault can be aimed at it. */
export type Operation =
  | "send"
  | "read_receipt"
  | "media_upload"
  | "media_download"
  | "node_get"
  | "node_delete"
  | "templates"
  | "phone_numbers"
  | "subscribed_apps"
  | "debug_token"
  | "unknown";

/** What `formData()` gives: Bun has a type of its own for it. */
type Form = Awaited<ReturnType<Request["formData"]>>;

/** A request after routing and before authentication. */
export interface Call {
  readonly operation: Operation;
  readonly method: string;
  readonly url: URL;
  /** The first id of the path: a number, a WhatsApp business account or a file. */
  readonly node: string;
  readonly token: string | undefined;
  readonly json: unknown;
  readonly form: Form | undefined;
}

/** Reads method, path, token and body. Throws `GraphError` 100 on a body that is no JSON. */
export async function readCall(request: Request): Promise<Call> {
  const url = new URL(request.url);
  const [version = "", node = "", edge = ""] = url.pathname.split("/").filter((part) => part !== "");
  const isForm = (request.headers.get("content-type") ?? "").startsWith("multipart/form-data");
  const form = isForm ? await readForm(request) : undefined;
  const json = isForm ? undefined : parseJson(await request.text());
  const operation = /^v\d+\.\d+$/.test(version)
    ? operationOf(`${request.method} ${edge}`, node, json)
    : url.pathname.startsWith("/whatsapp_business/attachments")
      ? "media_download"
      : "unknown";
  return { operation, method: request.method, url, node, token: bearer(request, url), json, form };
}

function operationOf(route: string, node: string, json: unknown): Operation {
  switch (route) {
    case "POST messages":
      return isReadReceipt(json) ? "read_receipt" : "send";
    case "POST media":
      return "media_upload";
    case "GET message_templates":
      return "templates";
    case "GET phone_numbers":
      return "phone_numbers";
    case "GET subscribed_apps":
    case "POST subscribed_apps":
    case "DELETE subscribed_apps":
      return "subscribed_apps";
    case "GET ":
      return node === "debug_token" ? "debug_token" : "node_get";
    case "DELETE ":
      return "node_delete";
    default:
      return "unknown";
  }
}

function bearer(request: Request, url: URL): string | undefined {
  const header = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "");
  return header?.[1] ?? url.searchParams.get("access_token") ?? undefined;
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphError(100, { message: "(#100) The request body is not valid JSON." });
  }
}

async function readForm(request: Request): Promise<Form> {
  try {
    return await request.formData();
  } catch {
    throw new GraphError(100, { message: "(#100) The multipart body can not be read." });
  }
}
