import type { Contact } from "../../contract/entities.ts";
import type { ContactId, Instant } from "../../contract/ids.ts";
import type { Api } from "../api.ts";
import { toastError } from "../kit/toasts.ts";

/** A merge that can be undone, as `GET /contacts/{id}/merges` tells. */
export interface Merge {
  readonly id: string;
  readonly merged_id: ContactId;
  readonly merged_name: string;
  readonly created_at: Instant;
}

/** Makes two of one again, or says why that can't be. */
export async function undoMerge(
  api: Api,
  { contactId, id }: { readonly contactId: ContactId; readonly id: string },
): Promise<void> {
  try {
    await api.post<Contact>(`/contacts/${contactId}/merges/${id}/undo`);
  } catch (error) {
    toastError(error);
  }
}
