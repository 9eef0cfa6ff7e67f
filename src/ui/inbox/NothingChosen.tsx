import { IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { EmptyState } from "../kit/EmptyState.tsx";

/** In the place of a thread on wide screens. */
export function NothingChosen() {
  const { t } = useTranslation();
  return (
    <main className="thread thread-none" aria-label={t("inbox.thread")}>
      <EmptyState
        icon={<IconMessages size={30} stroke={1.6} />}
        title={t("inbox.choose")}
        hint={t("inbox.chooseHint")}
      />
    </main>
  );
}
