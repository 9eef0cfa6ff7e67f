/** What the simulated phone and its server tell each other over one WebSocket, as JSON. Imports types only: the browser has it too. */

/** A customer that can be played. */
export interface Persona {
  /** Their wa_id. */
  readonly id: string;
  readonly name: string;
  /** As people write it. */
  readonly phone: string;
  readonly about: string;
}

/** How far the customer's own message got: to the business, or read there. */
export type Ticks = "sending" | "delivered" | "read";

export interface Button {
  readonly id: string;
  readonly title: string;
}

export interface ListRow extends Button {
  readonly description: string;
}

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export type Content =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "media";
      readonly kind: MediaKind;
      readonly url: string;
      readonly mimeType: string;
      readonly caption: string;
      readonly name: string;
    }
  | {
      readonly type: "place";
      readonly latitude: number;
      readonly longitude: number;
      readonly name: string;
      readonly address: string;
    }
  | { readonly type: "card"; readonly name: string; readonly phone: string }
  /** A template, or buttons, or a list: `menu` is the word on the list's button. */
  | {
      readonly type: "choices";
      readonly of: "template" | "buttons" | "list";
      readonly header: string;
      readonly text: string;
      readonly footer: string;
      readonly menu: string;
      readonly options: readonly ListRow[];
    };

export interface PhoneMessage {
  /** Its wamid. */
  readonly id: string;
  readonly from: "customer" | "business";
  readonly content: Content;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the customer's own; null for the others. */
  readonly ticks: Ticks | null;
  readonly quote: string | null;
  readonly reactions: { readonly customer: string | null; readonly business: string | null };
  readonly deleted: boolean;
  /** The option that the customer took. */
  readonly chosen: string | null;
}

export const faultNames = ["slow", "error", "window", "limit", "undelivered", "cut"] as const;
/** What can go wrong at the provider, once each: see `faults.ts`. */
export type FaultName = (typeof faultNames)[number];

export const sampleNames = ["photo", "voice", "document", "place"] as const;
/** What the phone can send without having it. */
export type SampleName = (typeof sampleNames)[number];

export interface DemoUser {
  readonly key: string;
  readonly name: string;
  readonly role: string;
}

/** To the phone. */
export type Frame =
  | {
      readonly type: "hello";
      readonly business: string;
      /** Where the inbox is. */
      readonly inbox: string;
      readonly users: readonly DemoUser[];
      readonly personas: readonly Persona[];
      readonly faults: readonly FaultName[];
    }
  | { readonly type: "chat"; readonly persona: string; readonly messages: readonly PhoneMessage[] }
  /** New, or changed. */
  | { readonly type: "message"; readonly persona: string; readonly message: PhoneMessage }
  | { readonly type: "persona"; readonly persona: Persona }
  | { readonly type: "typing"; readonly persona: string }
  /** Those that wait for the next message of the business. */
  | { readonly type: "faults"; readonly faults: readonly FaultName[] }
  /** A command could not be done; `code` is for the page to put in words. */
  | { readonly type: "refused"; readonly code: RefusalCode };

export type RefusalCode = "invalid" | "unknown_persona" | "unknown_message" | "not_delivered";

/** From the phone. */
export type Command =
  | { readonly type: "open"; readonly persona: string }
  /** The chat is not looked at any more: nothing is read. */
  | { readonly type: "leave" }
  | { readonly type: "text"; readonly persona: string; readonly text: string; readonly quote: string | null }
  | { readonly type: "sample"; readonly persona: string; readonly name: SampleName }
  | {
      readonly type: "react";
      readonly persona: string;
      readonly message: string;
      readonly emoji: string | null;
    }
  | { readonly type: "delete"; readonly persona: string; readonly message: string }
  | { readonly type: "choose"; readonly persona: string; readonly message: string; readonly option: string }
  | { readonly type: "meet"; readonly name: string }
  | { readonly type: "fault"; readonly name: FaultName; readonly on: boolean };
