/** What the form of a WhatsApp Cloud channel holds, and what is wrong with it before Meta is asked. */
export interface CloudDraft {
  readonly name: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly apiVersion: string;
}

export type CloudField = keyof CloudDraft;
export type Problem = "missing" | "isPhone" | "wrong";

/** The settings' names on the wire. */
export const wireName = {
  phoneNumberId: "phone_number_id",
  wabaId: "waba_id",
  accessToken: "access_token",
  appSecret: "app_secret",
  verifyToken: "verify_token",
  apiVersion: "api_version",
} as const satisfies Record<Exclude<CloudField, "name">, string>;

/** What may be left empty: `kept` secrets are there already. */
export interface Leniency {
  readonly kept: boolean;
}

/**
 * The problems of a draft, field by field. Stricter than the server where a typical slip can be named: the phone's own
 * number instead of its id, a secret cut short while copying.
 */
export function problemsOf(draft: CloudDraft, { kept }: Leniency): ReadonlyMap<CloudField, Problem> {
  const found = new Map<CloudField, Problem>();
  const check = (field: CloudField, optional: boolean, problem: (text: string) => Problem | null) => {
    const text = draft[field].trim();
    const wrong = text === "" ? (optional ? null : "missing") : problem(text);
    if (wrong) found.set(field, wrong);
  };
  const matches = (pattern: RegExp) => (text: string) => (pattern.test(text) ? null : "wrong");
  check("name", false, () => null);
  check("phoneNumberId", false, (text) => (looksLikePhone(text) ? "isPhone" : matches(/^\d{5,64}$/)(text)));
  check("wabaId", true, matches(/^\d{5,64}$/));
  check("accessToken", kept, matches(/^[\x21-\x7e]{20,1024}$/));
  check("appSecret", kept, matches(/^[0-9a-f]{32}$/i));
  check("verifyToken", kept, matches(/^[\x21-\x7e]{1,1024}$/));
  check("apiVersion", true, matches(/^v\d{1,3}\.\d{1,2}$/));
  return found;
}

/** The settings for the wire, without what was left empty. */
export function settingsOf(draft: CloudDraft): Readonly<Record<string, string>> {
  const given = (Object.keys(wireName) as (keyof typeof wireName)[]).flatMap((field) => {
    const text = draft[field].trim();
    return text === "" ? [] : [[wireName[field], text] as const];
  });
  return Object.fromEntries(given);
}

/** Written as people write phone numbers, or a Brazilian one with its country code. Meta's ids have 15 digits or more. */
function looksLikePhone(text: string): boolean {
  return /^\+|[\s()-]/.test(text) || /^55\d{10,11}$/.test(text);
}
