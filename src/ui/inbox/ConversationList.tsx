import { IconMessagePlus, IconSearch, IconX } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import type { ConversationId } from "../../contract/ids.ts";
import { type Filter, scopes, stages } from "../filters.ts";
import { useDesk, useObservable } from "../hooks.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { onePane, useMedia } from "../kit/use-media.ts";
import { useCommand } from "../shell/commands.ts";
import { starting } from "../start/starting.ts";
import { FilterMenu } from "./FilterMenu.tsx";
import { chosenFilter, searchText } from "./list-choice.ts";
import { Rows } from "./Rows.tsx";
import { SearchResults } from "./SearchResults.tsx";

/** Which conversations there are: search, filters with their numbers, rows. */
export function ConversationList({ currentId }: { readonly currentId: ConversationId | null }) {
  const { t } = useTranslation();
  const filter = useObservable(chosenFilter);
  const query = useObservable(searchText);
  const attends = useDesk().may("attend");
  // Beside a thread it is the way there; alone on a phone it is what the page is about.
  const alone = useMedia(onePane) && currentId === null;
  return (
    <section className="list" role={alone ? "main" : undefined} aria-label={t("inbox.list")}>
      <header className="list-head">
        <h1>{t("inbox.title")}</h1>
        <FilterMenu />
        {attends && (
          <IconButton label={t("start.title")} onClick={() => starting.set({ contact: null })}>
            <IconMessagePlus size={20} stroke={1.7} aria-hidden="true" />
          </IconButton>
        )}
      </header>
      <Search />
      {query.trim() === "" ? (
        <>
          <Filters filter={filter} />
          <Rows filter={filter} currentId={currentId} />
        </>
      ) : (
        <SearchResults query={query} currentId={currentId} />
      )}
    </section>
  );
}

function Search() {
  const { t } = useTranslation();
  const query = useObservable(searchText);
  const input = useRef<HTMLInputElement>(null);
  useCommand("search", () => input.current?.focus());
  return (
    <div className="search" role="search">
      <IconSearch size={18} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={t("inbox.search")}
        placeholder={t("inbox.search")}
        value={query}
        onChange={(event) => searchText.set(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          searchText.set("");
          event.currentTarget.blur();
        }}
      />
      {query !== "" && (
        <button type="button" aria-label={t("inbox.clearSearch")} onClick={() => searchText.set("")}>
          <IconX size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

function Filters({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation();
  const counts = useObservable(useDesk().counts);
  const choose = (change: Partial<Filter>) => chosenFilter.set({ ...filter, ...change });
  const ofScope = counts && {
    mine: counts.mine,
    unassigned: counts.unassigned,
    all: counts.active + counts.assigned + counts.waiting,
  };
  const ofStage = counts && {
    open: counts.active + counts.assigned,
    waiting: counts.waiting,
    snoozed: null,
    resolved: null,
  };
  return (
    <>
      <div className="scopes" role="group" aria-label={t("inbox.scope.label")}>
        {scopes.map((scope) => (
          <button
            key={scope}
            type="button"
            aria-pressed={filter.scope === scope}
            onClick={() => choose({ scope })}
          >
            {t(`inbox.scope.${scope}`)}
            {ofScope && <span className="count">{ofScope[scope]}</span>}
          </button>
        ))}
      </div>
      <div className="stages" role="group" aria-label={t("inbox.stage.label")}>
        {stages.map((stage) => (
          <button
            key={stage}
            type="button"
            aria-pressed={filter.stage === stage}
            onClick={() => choose({ stage })}
          >
            {t(`inbox.stage.${stage}`)}
            {filter.scope === "all" && ofStage?.[stage] ? (
              <span className="count">{ofStage[stage]}</span>
            ) : null}
          </button>
        ))}
      </div>
    </>
  );
}
