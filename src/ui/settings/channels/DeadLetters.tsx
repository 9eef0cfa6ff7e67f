import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Channel } from "../../../contract/entities.ts";
import type { ChannelId, Instant } from "../../../contract/ids.ts";
import { useDesk } from "../../hooks.ts";
import { dateTime } from "../../kit/format.ts";
import { toast, toastError } from "../../kit/toasts.ts";
import { Card } from "../parts/Card.tsx";
import { usePolled } from "../parts/use-polled.ts";

/** As `GET /inbound/dead-letters` shows it. */
interface Letter {
  readonly id: string;
  readonly channel_id: ChannelId;
  readonly state: "retrying" | "dead" | "unrouted";
  readonly error: string | null;
  readonly attempts: number;
  readonly received_at: Instant;
}

interface Replayed {
  readonly state: "done" | Letter["state"];
  readonly error: string | null;
}

interface DeadLettersProps {
  readonly channel: Channel;
  readonly onReplayed: () => Promise<void>;
}

/** Between two looks, in milliseconds. */
const EVERY = 10_000;

/** Webhooks that could not be processed: kept, shown, and tried again on demand. */
export function DeadLetters({ channel, onReplayed }: DeadLettersProps) {
  const { t } = useTranslation("channels");
  const { api } = useDesk();
  const [state, reload] = usePolled(async () => {
    const { data } = await api.get<readonly Letter[]>("/inbound/dead-letters", { limit: 100 });
    return data.filter(({ channel_id }) => channel_id === channel.id);
  }, EVERY);
  const [busy, setBusy] = useState<string | null>(null);
  const replay = async (letter: Letter) => {
    setBusy(letter.id);
    try {
      const { state: now, error } = await api.post<Replayed>(`/inbound/dead-letters/${letter.id}/replay`);
      const done = now === "done";
      toast({
        tone: done ? "ok" : "bad",
        text: done ? t("dead.replayed") : t("dead.stillFails", { error: error ?? t(`dead.state.${now}`) }),
      });
      await Promise.all([reload(), onReplayed()]);
    } catch (failure) {
      toastError(failure);
    } finally {
      setBusy(null);
    }
  };
  const letters = state.at === "there" ? state.data : [];
  if (letters.length === 0) return null;
  return (
    <Card title={t("dead.title")} description={t("dead.hint")}>
      <ul className="rows rows-inside">
        {letters.map((letter) => (
          <li key={letter.id} className="row">
            <Words letter={letter} />
            <Button
              variant="default"
              size="xs"
              loading={busy === letter.id}
              disabled={busy !== null}
              onClick={() => void replay(letter)}
            >
              {t("dead.replay")}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Words({ letter: { received_at, state, attempts, error } }: { readonly letter: Letter }) {
  const { t, i18n } = useTranslation("channels");
  return (
    <span className="row-main">
      <span className="row-title">{dateTime(received_at, i18n.language)}</span>
      <span className="row-detail">
        {t(`dead.state.${state}`)}
        {attempts > 0 && ` · ${t("dead.attempts", { count: attempts })}`}
      </span>
      {error !== null && <code className="row-code">{error}</code>}
    </span>
  );
}
