import type { Template } from "../graph/numbers.ts";
import type { SendBody } from "../graph/send-body.ts";
import { mediaAddress } from "./from-customer.ts";
import type { Content, ListRow, MediaKind } from "./protocol.ts";

type Body<Type extends SendBody["type"]> = Extract<SendBody, { type: Type }>;
type Media = { readonly id?: string | undefined; readonly link?: string | undefined };

/** What the phone shows of a message of the business; `templates` are those of its account. A reaction is no message. */
export function contentOf(
  body: Exclude<SendBody, { type: "reaction" }>,
  templates: readonly Template[],
): Content {
  switch (body.type) {
    case "text":
      return { type: "text", text: body.text.body };
    case "image":
      return media("image", body.image, body.image.caption);
    case "video":
      return media("video", body.video, body.video.caption);
    case "audio":
      return media("audio", body.audio);
    case "sticker":
      return media("sticker", body.sticker);
    case "document":
      return {
        ...media("document", body.document, body.document.caption),
        name: body.document.filename ?? "",
      };
    case "location": {
      const { latitude, longitude, name = "", address = "" } = body.location;
      return { type: "place", latitude, longitude, name, address };
    }
    case "contacts":
      return card(body);
    case "interactive":
      return choices(body.interactive);
    case "template":
      return filledTemplate(body.template, templates);
  }
}

type MediaContent = Extract<Content, { type: "media" }>;

function media(kind: MediaKind, { id, link }: Media, caption = ""): MediaContent {
  const url = id === undefined ? (link ?? "") : mediaAddress(id);
  return { type: "media", kind, url, mimeType: "", caption, name: "" };
}

function card({ contacts: [first] }: Body<"contacts">): Content {
  const phones: unknown = first?.["phones"];
  const phone: unknown = Array.isArray(phones) ? phones[0] : undefined;
  const number = typeof phone === "object" && phone !== null && "phone" in phone ? String(phone.phone) : "";
  return { type: "card", name: first?.name.formatted_name ?? "", phone: number };
}

function choices(body: Body<"interactive">["interactive"]): Content {
  const header = body.header?.type === "text" ? body.header.text : "";
  const frame = { header, text: body.body.text, footer: body.footer?.text ?? "" };
  switch (body.type) {
    case "button": {
      const options = body.action.buttons.map(({ reply }) => ({ ...reply, description: "" }));
      return { type: "choices", of: "buttons", ...frame, menu: "", options };
    }
    case "list": {
      const options: ListRow[] = body.action.sections
        .flatMap(({ rows }) => rows)
        .map(({ id, title, description = "" }) => ({ id, title, description }));
      return { type: "choices", of: "list", ...frame, menu: body.action.button, options };
    }
  }
}

function filledTemplate(use: Body<"template">["template"], templates: readonly Template[]): Content {
  const { name, language, components = [] } = use;
  const template = templates.find((known) => known.name === name && known.language === language.code);
  const part = (wanted: "HEADER" | "BODY" | "FOOTER") => {
    const text = template?.components.find(({ type }) => type === wanted)?.text ?? "";
    const values = components.find(({ type }) => type === wanted.toLowerCase())?.parameters ?? [];
    return fill(text, values);
  };
  const buttons = template?.components.find(({ type }) => type === "BUTTONS")?.buttons ?? [];
  return {
    type: "choices",
    of: "template",
    header: part("HEADER"),
    text: part("BODY") || name,
    footer: part("FOOTER"),
    menu: "",
    options: buttons.map(({ text }) => ({ id: text, title: text, description: "" })),
  };
}

/** Puts the parameters where `{{1}}`, `{{2}}`… or their names stand. */
function fill(text: string, values: readonly Readonly<Record<string, unknown>>[]): string {
  return text.replace(/\{\{(\w+)\}\}/g, (place, key: string) => {
    const value = values.find(({ parameter_name }) => parameter_name === key) ?? values[Number(key) - 1];
    return typeof value?.["text"] === "string" ? value["text"] : place;
  });
}
