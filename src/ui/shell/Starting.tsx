import { useTranslation } from "react-i18next";

import { Wordmark } from "../kit/Wordmark.tsx";

/** While it is not known who is here; visible only when that takes a while. */
export function Starting() {
  const { t } = useTranslation();
  return (
    <div className="starting" role="status" aria-label={t("app.loading")}>
      <Wordmark height={32} />
    </div>
  );
}
