import type {
  Channel,
  Contact,
  Conversation,
  Label,
  Message,
  Notification,
  Queue,
  User,
} from "../contract/entities.ts";
import type {
  ChannelId,
  CompanyId,
  ContactId,
  ConversationId,
  LabelId,
  MessageId,
  NotificationId,
  QueueId,
  UserId,
} from "../contract/ids.ts";
import type { Read } from "../db/sql.ts";

/** Whole entities by id, in one query however many; one that is gone (or of another company) has no entry. */
export type Loader<Id, Entity> = (
  tx: Read,
  companyId: CompanyId,
  ids: readonly Id[],
) => Promise<ReadonlyMap<Id, Entity>>;

/** Where rendered events get their entities from: the domain's loaders, the ones that the API answers with. */
export interface Sources {
  readonly messages: Loader<MessageId, Message>;
  readonly conversations: Loader<ConversationId, Conversation>;
  readonly contacts: Loader<ContactId, Contact>;
  readonly channels: Loader<ChannelId, Channel>;
  readonly users: Loader<UserId, User>;
  readonly queues: Loader<QueueId, Queue>;
  readonly labels: Loader<LabelId, Label>;
  readonly notifications: Loader<NotificationId, Notification>;
  /** The QR code that a channel shows at this moment, a PNG data URL: never stored, since whoever scans it owns the channel. */
  readonly qrCode: (id: ChannelId) => string | null;
}
