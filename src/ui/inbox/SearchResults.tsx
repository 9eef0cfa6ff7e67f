import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { useDesk } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { useNow } from "../kit/use-now.ts";
import { Row } from "./Row.tsx";

/** A request for each pause in the typing, not for each letter; in milliseconds. */
const PAUSE = 180;

interface SearchResultsProps {
  readonly query: string;
  readonly currentId: ConversationId | null;
}

/** Conversations of any state whose person, number or words fit. */
export function SearchResults({ query, currentId }: SearchResultsProps) {
  const { t } = useTranslation();
  const now = useNow(60_000);
  const found = useFound(query);
  if (found === null) return <div className="list-rows" aria-busy="true" />;
  if (found.length === 0) {
    return (
      <EmptyState
        icon={<IconSearch size={30} stroke={1.6} />}
        title={t("inbox.searchEmpty", { query })}
        hint={t("inbox.searchEmptyHint")}
      />
    );
  }
  return (
    <div className="list-rows" role="list">
      {found.map((conversation) => (
        <div key={conversation.id} role="listitem" className="rows-found">
          <Row conversation={conversation} current={conversation.id === currentId} now={now} />
        </div>
      ))}
    </div>
  );
}

function useFound(query: string): readonly Conversation[] | null {
  const { api } = useDesk();
  const [found, setFound] = useState<readonly Conversation[] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api
        .get<readonly Conversation[]>(
          "/conversations",
          { search: query, status: "all", limit: 50 },
          abort.signal,
        )
        .then(
          ({ data }) => setFound(data),
          () => {
            if (!abort.signal.aborted) setFound([]);
          },
        );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, query]);
  return found;
}
