import type { Role } from "../../../contract/entities.ts";
import type { Instant, InvitationId, QueueId } from "../../../contract/ids.ts";

/** As `GET /invitations` shows it. */
export interface Invitation {
  readonly id: InvitationId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly queue_ids: readonly QueueId[];
  readonly created_at: Instant;
  readonly expires_at: Instant;
}

/** A link that is told once. */
export interface Link {
  readonly link: string;
  readonly expires_at: Instant;
}
