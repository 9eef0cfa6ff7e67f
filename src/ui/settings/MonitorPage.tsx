import { IconExternalLink } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { Instant, UserId } from "../../contract/ids.ts";
import { useDesk, useStore } from "../hooks.ts";
import { listTime } from "../kit/format.ts";
import { usePageVisible } from "../kit/use-page-visible.ts";
import { Loading } from "./parts/Loading.tsx";
import { Page } from "./parts/Page.tsx";
import { useLoaded } from "./parts/use-loaded.ts";

/** How often a page that is looked at asks again, in milliseconds. */
const EVERY_MS = 5_000;

/** As `GET /realtime/stats` shows it. */
interface Stats {
  readonly connections: readonly {
    readonly id: string;
    readonly userId: UserId;
    readonly dialect: string;
    readonly connected_at: Instant;
    readonly room_count: number;
  }[];
  readonly by_dialect: Readonly<Record<string, number>>;
  readonly messages_per_minute: number;
  readonly resumes: number;
  readonly resyncs: number;
  readonly drops: number;
  readonly auth_failures: number;
  /** Milliseconds. */
  readonly latency_ms: { readonly p50: number; readonly p99: number } | null;
}

/** Who is connected now, and how the events reach them. */
export function MonitorPage() {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const isVisible = usePageVisible();
  const [state, reload] = useLoaded(async () => (await api.get<Stats>("/realtime/stats")).data);
  useEffect(() => {
    if (!isVisible) return undefined;
    const timer = setInterval(() => void reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [isVisible, reload]);
  return (
    <Page
      title={t("monitor.title")}
      description={
        <>
          {t("monitor.description")}{" "}
          <a className="outside" href="/docs" target="_blank" rel="noreferrer">
            {t("monitor.docs")}
            <IconExternalLink size={15} aria-hidden="true" />
          </a>
        </>
      }
    >
      <Loading state={state} reload={reload}>
        {(stats) => (
          <div className="cards">
            <Numbers stats={stats} />
            <Connections connections={stats.connections} />
          </div>
        )}
      </Loading>
    </Page>
  );
}

function Numbers({ stats }: { readonly stats: Stats }) {
  const { t, i18n } = useTranslation("settings");
  const text = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  const { latency_ms: latency } = stats;
  const numbers = [
    [t("monitor.messages"), text(stats.messages_per_minute)],
    [t("monitor.latency"), latency ? `${text(latency.p50)} / ${text(latency.p99)} ms` : "–"],
    [t("monitor.resumes"), text(stats.resumes)],
    [t("monitor.resyncs"), text(stats.resyncs)],
    [t("monitor.drops"), text(stats.drops)],
    [t("monitor.refused"), text(stats.auth_failures)],
    ...Object.entries(stats.by_dialect).map(([dialect, count]) => [dialect, text(count)] as const),
  ] as const;
  return (
    <dl className="card monitor-numbers">
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt className="muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Connections({ connections }: { readonly connections: Stats["connections"] }) {
  const { t, i18n } = useTranslation("settings");
  const users = useStore((state) => state.users);
  return (
    <ul className="rows" aria-label={t("monitor.connections")}>
      {connections.map(({ id, userId, dialect, connected_at: since, room_count: count }) => (
        <li key={id}>
          <div className="row">
            <span className="row-main">
              <span className="row-title ellipsis">{users.get(userId)?.name ?? userId}</span>
              <span className="row-detail ellipsis">
                {t("monitor.since", { time: listTime(since, i18n.language) })}
                {" · "}
                {t("monitor.rooms", { count })}
              </span>
            </span>
            <span className="chip">{dialect}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
