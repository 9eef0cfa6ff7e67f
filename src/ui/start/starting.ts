import type { Contact } from "../../contract/entities.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { Observable } from "../observable.ts";

/** The dialog that begins a conversation: closed, or open for one person, or for whom one finds in it. */
export const starting = new Observable<{ readonly contact: Contact | null } | null>(null);

/** The conversation that waits for its first words, which WhatsApp wants to be a template: the picker opens there. */
export const wantsTemplate = new Observable<ConversationId | null>(null);
