/** Templates as Meta describes them, and what is sent of one. */

export interface Template {
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly components: readonly unknown[];
}

export interface TemplatePart {
  readonly type: "HEADER" | "BODY" | "FOOTER";
  readonly text: string;
}

/** The parts that are text. */
export function partsOf({ components }: Template): readonly TemplatePart[] {
  return components.flatMap((component) => {
    const { type, text } = fields(component);
    if (typeof type !== "string" || typeof text !== "string") return [];
    const name = type.toUpperCase();
    return name === "HEADER" || name === "BODY" || name === "FOOTER" ? [{ type: name, text }] : [];
  });
}

/** The places to fill, in order, each once: `{{1}}` or `{{nome}}`, with the part that they stand in. */
export function placesOf(
  template: Template,
): readonly { readonly part: TemplatePart["type"]; readonly name: string }[] {
  return partsOf(template).flatMap(({ type, text }) =>
    [...new Set([...text.matchAll(/\{\{\s*([\w]+)\s*\}\}/g)].map((match) => match[1] ?? ""))].map((name) => ({
      part: type,
      name,
    })),
  );
}

/** Keyed by part and name, as `BODY 1`. */
export type Values = Readonly<Record<string, string>>;

export function fill({ type, text }: TemplatePart, values: Values): string {
  return text.replaceAll(
    /\{\{\s*([\w]+)\s*\}\}/g,
    (place, name: string) => values[`${type} ${name}`] || place,
  );
}

/** The `components` of a send request: one entry for each part that has places. */
export function componentsOf(template: Template, values: Values): readonly unknown[] {
  const places = placesOf(template);
  return (["HEADER", "BODY"] as const).flatMap((part) => {
    const own = places.filter((place) => place.part === part);
    if (own.length === 0) return [];
    const parameters = own.map(({ name }) => ({
      type: "text",
      text: values[`${part} ${name}`] ?? "",
      // Meta wants the name for named places, and the order alone for numbered ones.
      ...(!/^\d+$/.test(name) && { parameter_name: name }),
    }));
    return [{ type: part.toLowerCase(), parameters }];
  });
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
