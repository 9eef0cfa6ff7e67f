import { GraphError } from "./errors.ts";
import { digitsOf } from "./phone.ts";

/** A business number as its owner set it up. */
export interface NumberSettings {
  readonly phoneNumberId: string;
  /** As Meta shows it, such as `+55 11 4000-1234`. */
  readonly displayPhone: string;
  readonly wabaId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  /** Where its webhooks go; webhooks before it is set fail. */
  readonly webhookUrl?: string;
  readonly verifiedName?: string;
  readonly qualityRating?: "GREEN" | "YELLOW" | "RED";
}

/** A message template of a WhatsApp business account. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly status: "APPROVED" | "PENDING" | "REJECTED" | "PAUSED";
  readonly category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  readonly components: readonly TemplateComponent[];
}

/** One part of a template; `text` holds the placeholders `{{1}}`, `{{2}}`, …. */
export interface TemplateComponent {
  readonly type: "HEADER" | "BODY" | "FOOTER" | "BUTTONS";
  readonly format?: "TEXT" | "IMAGE" | "VIDEO" | "DOCUMENT";
  readonly text?: string;
  readonly buttons?: readonly { readonly type: "QUICK_REPLY"; readonly text: string }[];
}

const windowMs = 24 * 60 * 60 * 1000;

/** The numbers, their templates, and until when each customer may be written to freely. */
export class Numbers {
  readonly #numbers = new Map<string, NumberSettings>();
  readonly #templates = new Map<string, Template[]>();
  readonly #windows = new Map<string, number>();
  readonly subscribed = new Set<string>();

  add(settings: NumberSettings): void {
    this.#numbers.set(settings.phoneNumberId, settings);
  }

  /** Changes what is given; throws when there is no such number. */
  change(phoneNumberId: string, changes: Partial<Omit<NumberSettings, "phoneNumberId">>): void {
    this.#numbers.set(phoneNumberId, { ...this.require(phoneNumberId), ...changes });
  }

  find(phoneNumberId: string): NumberSettings | undefined {
    return this.#numbers.get(phoneNumberId);
  }

  /** Throws when there is no such number: a mistake of the test, not of the product. */
  require(phoneNumberId: string): NumberSettings {
    const number = this.#numbers.get(phoneNumberId);
    if (number === undefined) throw new Error(`the emulator has no number ${phoneNumberId}`);
    return number;
  }

  /** The only number; throws when there are none or several, as then the caller must say which. */
  only(): NumberSettings {
    const [first, ...others] = this.#numbers.values();
    if (first === undefined || others.length > 0)
      throw new Error("say which number: there is not exactly one");
    return first;
  }

  ofAccount(wabaId: string): NumberSettings[] {
    return [...this.#numbers.values()].filter((number) => number.wabaId === wabaId);
  }

  /** Whether any number is opened by this token. */
  knowsToken(token: string): boolean {
    return [...this.#numbers.values()].some((number) => number.accessToken === token);
  }

  /** Replaces the one of the same name and language. */
  addTemplate(wabaId: string, template: Template): void {
    const others = this.templates(wabaId).filter(
      ({ name, language }) => name !== template.name || language !== template.language,
    );
    this.#templates.set(wabaId, [...others, template]);
  }

  templates(wabaId: string): readonly Template[] {
    return this.#templates.get(wabaId) ?? [];
  }

  /** Notes a message of the customer: opens the 24 h window from `at` (milliseconds since 1970). */
  openWindow(phoneNumberId: string, person: string, at: number): void {
    this.#windows.set(`${phoneNumberId} ${person}`, at + windowMs);
  }

  windowIsOpen(phoneNumberId: string, person: string, at: number): boolean {
    return (this.#windows.get(`${phoneNumberId} ${person}`) ?? 0) > at;
  }
}

/** The digits that webhooks use for the business. */
export function businessDigits(number: NumberSettings): string {
  return digitsOf(number.displayPhone);
}

/** The number of `phoneNumberId`, if `token` opens it. Throws the `GraphError` that Meta would answer. */
export function authorize(
  numbers: Numbers,
  token: string | undefined,
  phoneNumberId: string,
): NumberSettings {
  requireToken(numbers, token);
  const number = numbers.find(phoneNumberId);
  if (number === undefined || number.accessToken !== token) throw noSuchObject(phoneNumberId);
  return number;
}

/** Throws 190 unless some number has this token. */
export function requireToken(numbers: Numbers, token: string | undefined): string {
  if (token === undefined || !numbers.knowsToken(token)) throw new GraphError(190);
  return token;
}

/** Graph's answer for an id that isn't there or isn't the caller's: it doesn't tell which. */
export function noSuchObject(id: string): GraphError {
  return new GraphError(100, {
    subcode: 33,
    type: "GraphMethodException",
    message: `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  });
}
