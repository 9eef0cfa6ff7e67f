import { useEffect, useState } from "react";

import { usePhone } from "./connection.ts";
import { CustomerPhone } from "./CustomerPhone.tsx";
import { TopBar } from "./TopBar.tsx";
import { words } from "./words.ts";

type Side = "inbox" | "phone";

/** The inbox on the left, a customer's phone on the right; below 900 px one of the two. */
export function App() {
  const phone = usePhone();
  const { inbox, users, unread } = phone.state;
  const [side, setSide] = useState<Side>("inbox");
  const [attendant, setAttendant] = useState<string | null>(null);
  const entered = useEntrance(attendant ?? users[0]?.key);
  const news = Object.values(unread).reduce((sum, count) => sum + count, 0);

  return (
    <div className="stage" data-side={side}>
      <TopBar
        users={users}
        inbox={inbox}
        attendant={attendant ?? users[0]?.key ?? ""}
        onAttend={setAttendant}
      />
      <div className="tabs" role="tablist" aria-label="balcão">
        <Tab side="inbox" current={side} onChoose={setSide} label={words.inbox} />
        <Tab side="phone" current={side} onChoose={setSide} label={words.phone} news={news} />
      </div>
      <main className="halves">
        <section className="half inbox" id="half-inbox" aria-label={words.inbox}>
          {entered !== undefined && inbox !== "" && (
            // Another person at the counter is another page.
            <iframe
              key={entered}
              title={words.inbox}
              src={`${inbox}/#signed-in`}
              allow="microphone; clipboard-write"
            />
          )}
        </section>
        <aside className="half side" id="half-phone" aria-label={words.phoneOf}>
          <CustomerPhone phone={phone} />
        </aside>
      </main>
    </div>
  );
}

interface TabProps {
  readonly side: Side;
  readonly current: Side;
  readonly onChoose: (side: Side) => void;
  readonly label: string;
  readonly news?: number;
}

function Tab({ side, current, onChoose, label, news = 0 }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={side === current}
      aria-controls={`half-${side}`}
      onClick={() => onChoose(side)}
    >
      {label}
      {news > 0 && (
        <span className="badge" aria-label={words.unread(news)}>
          {news}
        </span>
      )}
    </button>
  );
}

/** Signs a sample user in at the inbox; gives their key once that is done. */
function useEntrance(user: string | undefined): string | undefined {
  const [entered, setEntered] = useState<string>();
  useEffect(() => {
    if (user === undefined) return undefined;
    const aborted = new AbortController();
    fetch(`/enter/${user}`, { method: "POST", signal: aborted.signal })
      .then(() => setEntered(user))
      // The inbox shows its sign-in then, and the terminal the passwords.
      .catch(() => !aborted.signal.aborted && setEntered(user));
    return () => aborted.abort();
  }, [user]);
  return entered;
}
