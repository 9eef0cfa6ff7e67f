import { businessDigits, type NumberSettings } from "./numbers.ts";

type Json = Readonly<Record<string, unknown>>;

/** One thing that a webhook tells. */
export type Update =
  | { readonly kind: "message"; readonly message: Json; readonly contact: Json | undefined }
  | { readonly kind: "status"; readonly status: Json }
  /** Sent from the phone of the business. */
  | { readonly kind: "echo"; readonly echo: Json }
  /** Any other field, with its value as Meta would send it. */
  | { readonly kind: "change"; readonly field: string; readonly value: Json };

/**
 * One webhook body that tells all of `updates`, in order.
 * Neighbours of one kind and one contact share a `change`, as Meta batches them.
 */
export function envelope(number: NumberSettings, updates: readonly Update[]): Json {
  const changes = runs(updates).map((run) => change(number, run));
  return { object: "whatsapp_business_account", entry: [{ id: number.wabaId, changes }] };
}

function runs(updates: readonly Update[]): Update[][] {
  const found: Update[][] = [];
  for (const update of updates) {
    const last = found.at(-1);
    const previous = last?.[0];
    if (last !== undefined && previous !== undefined && belongTogether(previous, update)) last.push(update);
    else found.push([update]);
  }
  return found;
}

function belongTogether(a: Update, b: Update): boolean {
  if (a.kind === "message" && b.kind === "message") return a.contact?.["wa_id"] === b.contact?.["wa_id"];
  return a.kind === b.kind && a.kind !== "change";
}

function change(number: NumberSettings, run: readonly Update[]): Json {
  const [first] = run;
  if (first?.kind === "change") return { value: first.value, field: first.field };
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: businessDigits(number), phone_number_id: number.phoneNumberId },
    ...(first?.kind === "message" && first.contact !== undefined ? { contacts: [first.contact] } : {}),
    ...items(run),
  };
  return { value, field: first?.kind === "echo" ? "smb_message_echoes" : "messages" };
}

function items(run: readonly Update[]): Json {
  const messages = run.flatMap((update) => (update.kind === "message" ? [update.message] : []));
  const statuses = run.flatMap((update) => (update.kind === "status" ? [update.status] : []));
  const echoes = run.flatMap((update) => (update.kind === "echo" ? [update.echo] : []));
  return {
    ...(messages.length > 0 ? { messages } : {}),
    ...(statuses.length > 0 ? { statuses } : {}),
    ...(echoes.length > 0 ? { message_echoes: echoes } : {}),
  };
}
