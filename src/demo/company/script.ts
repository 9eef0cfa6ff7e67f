/** The words in which the sample conversations are written down: who says what, and how long after the line before. */
import type { Priority } from "../../contract/entities.ts";
import type { PictureName } from "../files/pictures.ts";
import type { Place } from "../graph/inbound.ts";
import type { CustomerKey } from "./customers.ts";
import type { LabelKey, QueueKey, UserKey } from "./people.ts";

export type SampleFile =
  | { readonly kind: "picture"; readonly name: PictureName; readonly caption?: string }
  | { readonly kind: "voice"; readonly seconds: number }
  | {
      readonly kind: "pdf";
      readonly heading: string;
      readonly lines: readonly string[];
      readonly filename: string;
    };

/** What a line may carry besides what it says. */
export interface LineOptions {
  /** Minutes after the line before; 2 unless told. */
  readonly after?: number;
  /** A name by which later lines refer to this one. */
  readonly as?: string;
  /** The name of the line that this one quotes. */
  readonly quote?: string;
}

interface Common extends LineOptions {
  readonly by: "customer" | UserKey;
}

export type Line = Common &
  (
    | { readonly does: "say"; readonly text: string; readonly ad?: string }
    | { readonly does: "send"; readonly file: SampleFile }
    | { readonly does: "place"; readonly place: Place }
    | { readonly does: "react"; readonly emoji: string; readonly to: string }
    | { readonly does: "note"; readonly text: string }
    | { readonly does: "take" }
    /** Into a queue, in which the agent keeps it or leaves it to whoever comes. */
    | {
        readonly does: "transfer";
        readonly queue: QueueKey;
        readonly reason: string;
        readonly keeps: boolean;
      }
    | { readonly does: "label"; readonly labels: readonly LabelKey[] }
    | { readonly does: "rank"; readonly priority: Priority }
    /** Accepted by the provider, and then undelivered with this code of Meta's. */
    | { readonly does: "fail"; readonly text: string; readonly code: number }
    | { readonly does: "read" }
    | { readonly does: "resolve" }
  );

export type LineOf<Does extends Line["does"]> = Extract<Line, { readonly does: Does }>;

/** One conversation; `ago`: hours before now at which it begins. */
export interface Script {
  readonly customer: CustomerKey;
  readonly ago: number;
  readonly lines: readonly Line[];
}

/** The customer's side. */
export const customer = {
  says: (text: string, options: LineOptions & { readonly ad?: string } = {}): Line => ({
    by: "customer",
    does: "say",
    text,
    ...options,
  }),
  sends: (file: SampleFile, options: LineOptions = {}): Line => ({
    by: "customer",
    does: "send",
    file,
    ...options,
  }),
  shares: (place: Place, options: LineOptions = {}): Line => ({
    by: "customer",
    does: "place",
    place,
    ...options,
  }),
  reacts: (emoji: string, to: string): Line => ({ by: "customer", does: "react", emoji, to }),
} as const;

/** The side of one user of the company. */
export function agent(by: UserKey) {
  return {
    takes: (options: LineOptions = {}): Line => ({ by, does: "take", ...options }),
    says: (text: string, options: LineOptions = {}): Line => ({ by, does: "say", text, ...options }),
    sends: (file: SampleFile, options: LineOptions = {}): Line => ({ by, does: "send", file, ...options }),
    notes: (text: string, options: LineOptions = {}): Line => ({ by, does: "note", text, ...options }),
    reacts: (emoji: string, to: string): Line => ({ by, does: "react", emoji, to }),
    moves: (queue: QueueKey, reason: string): Line => ({
      by,
      does: "transfer",
      queue,
      reason,
      keeps: true,
      after: 0,
    }),
    handsOver: (queue: QueueKey, reason: string): Line => ({
      by,
      does: "transfer",
      queue,
      reason,
      keeps: false,
    }),
    labels: (...labels: readonly LabelKey[]): Line => ({ by, does: "label", labels, after: 0 }),
    ranks: (priority: Priority): Line => ({ by, does: "rank", priority, after: 0 }),
    failsToSay: (text: string, code: number): Line => ({ by, does: "fail", text, code }),
    reads: (options: LineOptions = {}): Line => ({ by, does: "read", ...options }),
    resolves: (options: LineOptions = {}): Line => ({ by, does: "resolve", ...options }),
  } as const;
}

export function photo(name: PictureName, caption?: string): SampleFile {
  return { kind: "picture", name, ...(caption === undefined ? {} : { caption }) };
}

export function voice(seconds: number): SampleFile {
  return { kind: "voice", seconds };
}
