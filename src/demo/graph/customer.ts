import { deliverUpdates } from "./deliver.ts";
import type { Update } from "./envelope.ts";
import {
  choiceContent,
  contactContent,
  type CustomerFile,
  editContent,
  fileContent,
  type FileKind,
  type InboundContent,
  locationContent,
  numberChangeContent,
  type Place,
  reactionContent,
  revokeContent,
  templateButtonContent,
  textContent,
} from "./inbound.ts";
import type { NumberSettings } from "./numbers.ts";
import { digitsOf } from "./phone.ts";
import type { SentMessage } from "./sent-message.ts";
import { timestamp, type World } from "./world.ts";

/** Who the customer is, and which number they write to (the only one when left out). */
export interface CustomerOptions {
  readonly phoneNumberId?: string;
  /** A business-scoped user id: then webhooks name it, and hide the phone when `hidePhone`. */
  readonly userId?: string;
  readonly hidePhone?: boolean;
  readonly username?: string;
}

/** What a message may carry besides its content. */
export interface InboundOptions {
  /** The message (of either side) that this one quotes. */
  readonly replyTo?: string;
  readonly forwarded?: boolean;
  /** Comes from an ad that opens the chat: Meta's `referral` object. */
  readonly referral?: Readonly<Record<string, unknown>>;
  /** Whole seconds since 1970; now if left out. */
  readonly timestamp?: string;
  /** A fixed id instead of a fresh one, for redelivery tests. */
  readonly wamid?: string;
}

/**
 * A simulated person with WhatsApp. Each `send…` posts a signed webhook, repeats it until the product answers
 * 200, and gives the message's id; it throws `WebhookLostError` at the redelivery deadline.
 */
export class Customer {
  /** Digits, as webhooks name the person. */
  readonly waId: string;

  constructor(
    private readonly world: World,
    phone: string,
    private readonly profile: CustomerOptions & { readonly name: string },
  ) {
    this.waId = world.waIdOf(digitsOf(phone));
  }

  get name(): string {
    return this.profile.name;
  }

  sendText(body: string, options?: InboundOptions): Promise<string> {
    return this.send(textContent(body), options);
  }

  sendImage(file: CustomerFile, options?: InboundOptions): Promise<string> {
    return this.sendFile("image", file, options);
  }

  sendVideo(file: CustomerFile, options?: InboundOptions): Promise<string> {
    return this.sendFile("video", file, options);
  }

  sendAudio(file: CustomerFile, options?: InboundOptions): Promise<string> {
    return this.sendFile("audio", file, options);
  }

  sendDocument(file: CustomerFile, options?: InboundOptions): Promise<string> {
    return this.sendFile("document", file, options);
  }

  sendSticker(file: CustomerFile, options?: InboundOptions): Promise<string> {
    return this.sendFile("sticker", file, options);
  }

  /** Puts the file where the product can fetch it, and tells of it. */
  sendFile(kind: FileKind, file: CustomerFile, options?: InboundOptions): Promise<string> {
    const { media } = this.world;
    const reference = media.reference(media.put(file.bytes, file.mimeType));
    return this.send(fileContent(kind, file, reference), options);
  }

  sendLocation(place: Place, options?: InboundOptions): Promise<string> {
    return this.send(locationContent(place), options);
  }

  sendContact(name: string, phone: string): Promise<string> {
    return this.send(contactContent(name, phone));
  }

  /** Answers a message by quoting it. */
  sendReply(wamid: string, body: string): Promise<string> {
    return this.sendText(body, { replyTo: wamid });
  }

  /** `emoji` null takes the reaction back. */
  sendReaction(wamid: string, emoji: string | null): Promise<string> {
    return this.send(reactionContent(wamid, emoji));
  }

  /** Taps a reply button of an interactive message. */
  pressButton(wamid: string, button: { readonly id: string; readonly title: string }): Promise<string> {
    return this.send(choiceContent("button_reply", button), { replyTo: wamid });
  }

  /** Chooses a row of an interactive list. */
  chooseRow(
    wamid: string,
    row: { readonly id: string; readonly title: string; readonly description?: string },
  ): Promise<string> {
    return this.send(choiceContent("list_reply", row), { replyTo: wamid });
  }

  /** Taps a quick-reply button of a template. */
  pressTemplateButton(wamid: string, text: string): Promise<string> {
    return this.send(templateButtonContent(text), { replyTo: wamid });
  }

  edit(wamid: string, body: string): Promise<string> {
    return this.send(editContent(wamid, body));
  }

  revoke(wamid: string): Promise<string> {
    return this.send(revokeContent(wamid));
  }

  /** Tells that this person moved to another number; make a new customer for that one. */
  changeNumber(phone: string): Promise<string> {
    return this.send(numberChangeContent(this.name, this.waId, this.world.waIdOf(digitsOf(phone))));
  }

  /** Opens the chat: everything that arrived and was not yet read is reported as read; of reactions Meta tells nothing. */
  async readAll(): Promise<void> {
    const { statuses } = this.world;
    const unread = this.received().filter(
      ({ wamid, body }) => body.type !== "reaction" && !statuses.wasReported(wamid, "read"),
    );
    for (const { wamid } of unread) await statuses.push(wamid, "read");
  }

  /** Any content, for types that have no method of their own. */
  async send(content: InboundContent, options: InboundOptions = {}): Promise<string> {
    const { update, wamid } = this.draft(content, options);
    await deliverUpdates(this.world, [update], { phoneNumberId: this.#number().phoneNumberId });
    return wamid;
  }

  /** A message that is not sent yet: collect several and give them to `emulator.deliver`. */
  draft(
    content: InboundContent,
    options: InboundOptions = {},
  ): { readonly update: Update; readonly wamid: string } {
    const wamid = options.wamid ?? this.world.ids.wamid(this.waId, "in");
    const message = {
      ...this.#context(options),
      ...(options.referral === undefined ? {} : { referral: options.referral }),
      ...this.#sender(),
      id: wamid,
      timestamp: options.timestamp ?? timestamp(this.world.clock),
      ...content,
    };
    // Of a number change Meta sends no contact.
    const contact = content.type === "system" ? undefined : this.#contact();
    return { wamid, update: { kind: "message", message, contact } };
  }

  /** What arrived on this person's phone, oldest first. */
  received(): SentMessage[] {
    return this.world.ledger.sent.filter((message) => this.#isMine(message));
  }

  /** The first message, past or future, that arrives here and `matches`; rejects after `deadlineMs`. */
  waitForMessage(
    matches: (message: SentMessage) => boolean = () => true,
    deadlineMs?: number,
  ): Promise<SentMessage> {
    return this.world.ledger.waitForSent((message) => this.#isMine(message) && matches(message), deadlineMs);
  }

  #isMine(message: SentMessage): boolean {
    const { person, failure, phoneNumberId } = message;
    const mine = person === this.waId || person === this.profile.userId;
    return mine && failure === undefined && phoneNumberId === this.#number().phoneNumberId;
  }

  #number(): NumberSettings {
    const { phoneNumberId } = this.profile;
    return phoneNumberId === undefined
      ? this.world.numbers.only()
      : this.world.numbers.require(phoneNumberId);
  }

  #sender(): Record<string, unknown> {
    const { userId, hidePhone = false } = this.profile;
    return {
      ...(hidePhone ? {} : { from: this.waId }),
      ...(userId === undefined ? {} : { from_user_id: userId }),
    };
  }

  #contact(): Record<string, unknown> {
    const { name, userId, username, hidePhone = false } = this.profile;
    return {
      profile: { name, ...(username === undefined ? {} : { username }) },
      ...(hidePhone ? {} : { wa_id: this.waId }),
      ...(userId === undefined ? {} : { user_id: userId }),
    };
  }

  #context({ replyTo, forwarded = false }: InboundOptions): Record<string, unknown> {
    if (replyTo === undefined) return forwarded ? { context: { forwarded: true } } : {};
    return { context: { from: digitsOf(this.#number().displayPhone), id: replyTo } };
  }
}
