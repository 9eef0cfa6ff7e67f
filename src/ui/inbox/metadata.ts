/** What `Message.metadata` holds beside the text, read without trust: it comes from a provider, or from a client. */

type Metadata = Readonly<Record<string, unknown>>;

export interface Place {
  readonly name: string;
  readonly address: string;
  readonly href: string;
}

/** The place of a location message; null where there are no coordinates. */
export function readPlace(metadata: Metadata): Place | null {
  const location = record(metadata["location"]);
  const { latitude, longitude } = location;
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  return {
    name: text(location["name"]),
    address: text(location["address"]),
    href: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`,
  };
}

export interface Card {
  readonly name: string;
  readonly phones: readonly string[];
}

/** The people of a contacts message. */
export function readCards(metadata: Metadata): readonly Card[] {
  return list(metadata["contacts"]).map((contact) => {
    const name = record(record(contact)["name"]);
    const phones = list(record(contact)["phones"])
      .map(record)
      .map((phone) => text(phone["phone"]) || text(phone["wa_id"]));
    return { name: text(name["formatted_name"]) || text(name["first_name"]), phones: phones.filter(Boolean) };
  });
}

function record(value: unknown): Metadata {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
