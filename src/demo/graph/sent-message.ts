import type { Template } from "./numbers.ts";
import type { SendBody } from "./send-body.ts";

/** One message that the emulator accepted. */
export interface SentMessage {
  readonly wamid: string;
  readonly phoneNumberId: string;
  /** The recipient as the request wrote it: a phone in any form, or a BSUID. */
  readonly to: string;
  /** Who it reached: the wa_id, or the BSUID when it was sent to one. */
  readonly person: string;
  readonly body: SendBody;
  /** What it is charged as. */
  readonly category: "service" | Lowercase<Template["category"]>;
  /** `biz_opaque_callback_data` of the request. */
  readonly callbackData: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The code it fails with behind the acceptance (131047, …): it never reaches the customer's phone. */
  readonly failure: number | undefined;
}
