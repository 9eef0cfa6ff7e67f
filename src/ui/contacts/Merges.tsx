import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ContactId } from "../../contract/ids.ts";
import { useDesk } from "../hooks.ts";
import { shortDate } from "../kit/format.ts";
import { type Merge, undoMerge } from "./merges.ts";

interface MergesProps {
  readonly contactId: ContactId;
  readonly onChanged: () => void;
}

/** Who became part of this contact and can still be parted from it; nothing where nobody did. */
export function Merges({ contactId, onChanged }: MergesProps) {
  const { t, i18n } = useTranslation();
  const { api } = useDesk();
  const [merges, setMerges] = useState<readonly Merge[]>([]);
  useEffect(() => {
    let over = false;
    api.get<readonly Merge[]>(`/contacts/${contactId}/merges`).then(
      ({ data }) => !over && setMerges(data),
      () => {
        // Without the list there is no undoing here; the contact is shown all the same.
      },
    );
    return () => {
      over = true;
    };
  }, [api, contactId]);
  return merges.map(({ id, merged_name, created_at }) => (
    <p key={id} className="merge">
      <span className="muted">
        {t("contacts.wasMerged", { name: merged_name, date: shortDate(created_at, i18n.language) })}
      </span>
      <Button
        variant="default"
        onClick={() => void undoMerge(api, { contactId, id }).then(onChanged)}
        aria-label={t("contacts.unmerge", { name: merged_name })}
      >
        {t("action.undo")}
      </Button>
    </p>
  ));
}
