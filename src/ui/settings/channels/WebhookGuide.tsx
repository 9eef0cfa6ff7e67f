import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ChannelId } from "../../../contract/ids.ts";
import type { Api } from "../../api.ts";
import { FormError } from "../../kit/FormError.tsx";
import { CopyField } from "../parts/CopyField.tsx";
import { Notice } from "../parts/Notice.tsx";
import { useSubmit } from "../parts/use-submit.ts";
import { reachOf } from "./reach.ts";
import { Rich } from "./Rich.tsx";
import { keepVerifyToken, keptVerifyToken, newVerifyToken } from "./verify-token.ts";

interface WebhookGuideProps {
  readonly api: Api;
  readonly id: ChannelId;
  readonly address: string;
}

/** What to paste into Meta's pages, click by click. */
export function WebhookGuide({ api, id, address }: WebhookGuideProps) {
  const { t } = useTranslation("channels");
  return (
    <div className="form form-wide">
      <ReachNotice address={address} />
      <ol className="steps">
        <li>
          <div>
            <Rich text="webhook.open" />
          </div>
        </li>
        <li>
          <div>
            <Rich text="webhook.paste" />
            <CopyField label={t("webhook.address")} value={address} />
            <VerifyToken api={api} id={id} />
          </div>
        </li>
        <li>
          <div>
            <Rich text="webhook.verify" />
          </div>
        </li>
        <li>
          <div>
            <Rich text="webhook.fields" />
          </div>
        </li>
        <li>
          <div>{t("webhook.test")}</div>
        </li>
      </ol>
    </div>
  );
}

/** Meta can't reach a shop's own network, which nothing on its pages says. */
function ReachNotice({ address }: { readonly address: string }) {
  const { t } = useTranslation("channels");
  const reach = reachOf(address);
  switch (reach) {
    case "public":
      return null;
    case "private":
      return (
        <Notice tone="warn" title={t("webhook.loopback")}>
          <Rich text="webhook.loopbackText" />
        </Notice>
      );
    case "insecure":
      return (
        <Notice tone="warn" title={t("webhook.insecure")}>
          <Rich text="webhook.insecureText" />
        </Notice>
      );
  }
}

function VerifyToken({ api, id }: Pick<WebhookGuideProps, "api" | "id">) {
  const { t } = useTranslation("channels");
  const [token, setToken] = useState(keptVerifyToken(id));
  const submission = useSubmit();
  const renew = async () => {
    const fresh = newVerifyToken();
    await api.patch(`/channels/${id}`, { settings: { verify_token: fresh } });
    keepVerifyToken(id, fresh);
    setToken(fresh);
  };
  if (token !== null) return <CopyField label={t("webhook.token")} value={token} />;
  return (
    <div className="copy">
      <span className="copy-label">{t("webhook.token")}</span>
      <p className="muted">{t("webhook.tokenHidden")}</p>
      <FormError text={submission.error} />
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} />}
        loading={submission.busy}
        onClick={() => void submission.run(renew)}
      >
        {t("webhook.tokenNew")}
      </Button>
      <p className="form-hint">{t("webhook.tokenNewHint")}</p>
    </div>
  );
}
