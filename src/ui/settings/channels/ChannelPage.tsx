import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Channel } from "../../../contract/entities.ts";
import { useDesk, useStore } from "../../hooks.ts";
import { phoneText } from "../../kit/format.ts";
import { Card } from "../parts/Card.tsx";
import { Loading } from "../parts/Loading.tsx";
import { Notice } from "../parts/Notice.tsx";
import { Page } from "../parts/Page.tsx";
import { useSubmit } from "../parts/use-submit.ts";
import { adviceOf } from "./advice.ts";
import { DangerCard } from "./DangerCard.tsx";
import { DataCard } from "./DataCard.tsx";
import { DeadLetters } from "./DeadLetters.tsx";
import { type ChannelHealth, useHealth } from "./health.ts";
import { OutboxCard } from "./OutboxCard.tsx";
import { Progress } from "./Progress.tsx";
import { StatusPill } from "./StatusPill.tsx";
import { WebhookGuide } from "./WebhookGuide.tsx";

/** One channel: how far its connection is, what waits, its data. `id` as it stands in the address. */
export function ChannelPage({ id }: { readonly id: string }) {
  const { t } = useTranslation("channels");
  // What stands in the address may be anything: it is looked up, not believed.
  const channel = useStore((state) => [...state.channels.values()].find((known) => known.id === id));
  if (!channel) return <Page title={t("gone")} back="/channels" />;
  return <Known channel={channel} />;
}

function Known({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation("channels");
  const { api } = useDesk();
  const [state, reload] = useHealth(api, channel.id);
  return (
    <Page
      title={channel.name}
      description={channel.phone === null ? t(`kind.${channel.kind}`) : phoneText(channel.phone)}
      action={<StatusPill status={channel.status} />}
      back="/channels"
    >
      <Loading state={state} reload={reload}>
        {(health) => <Cards health={health} reload={reload} />}
      </Loading>
    </Page>
  );
}

interface CardsProps {
  readonly health: ChannelHealth;
  readonly reload: () => Promise<void>;
}

function Cards({ health, reload }: CardsProps) {
  const { t } = useTranslation("channels");
  const { api } = useDesk();
  const { channel, webhook_url } = health;
  const isWorking = health.last_inbound_at !== null;
  return (
    <div className="cards">
      <Trouble health={health} reload={reload} />
      <Card title={t("progress.title")} aside={<span className="live">{t("progress.live")}</span>}>
        <Progress health={health} />
      </Card>
      {webhook_url !== null &&
        (isWorking ? (
          <details className="card more">
            <summary>{t("webhook.again")}</summary>
            <WebhookGuide api={api} id={channel.id} address={webhook_url} />
          </details>
        ) : (
          <Card title={t("webhook.title")} description={t("webhook.description")}>
            <WebhookGuide api={api} id={channel.id} address={webhook_url} />
          </Card>
        ))}
      <OutboxCard health={health} />
      <DeadLetters channel={channel} onReplayed={reload} />
      <DataCard health={health} onSaved={reload} />
      <DangerCard channel={channel} onChange={reload} />
    </div>
  );
}

/** What is wrong with the whole channel, in the provider's words, and what to do. */
function Trouble({ health, reload }: CardsProps) {
  const { t } = useTranslation("channels");
  const { api } = useDesk();
  const submission = useSubmit();
  const { channel } = health;
  const reason = health.paused_reason ?? channel.status_detail;
  const retry = async () => {
    await api.post(`/channels/${channel.id}/connect`);
    await reload();
  };
  if (channel.status !== "error" && channel.status !== "degraded") return null;
  return (
    <Notice
      tone="bad"
      title={t(`trouble.${channel.status}`)}
      action={
        <Button
          variant="default"
          size="xs"
          loading={submission.busy}
          onClick={() => void submission.run(retry)}
        >
          {t("action.retry")}
        </Button>
      }
    >
      {submission.error ?? t(`trouble.advice.${adviceOf(reason)}`)}
      {reason !== null && <span className="notice-words">{t("trouble.words", { words: reason })}</span>}
    </Notice>
  );
}
