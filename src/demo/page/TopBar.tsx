import type { DemoUser } from "../phone/protocol.ts";
import { OutIcon } from "./Icons.tsx";
import { words } from "./words.ts";

interface TopBarProps {
  readonly users: readonly DemoUser[];
  readonly inbox: string;
  readonly attendant: string;
  readonly onAttend: (key: string) => void;
}

/** The demo's own bar: who attends. */
export function TopBar({ users, inbox, attendant, onAttend }: TopBarProps) {
  return (
    <header className="topbar">
      <span className="brand">
        balcão <span className="tag">demo</span>
      </span>
      <label className="attend">
        <span>{words.attendAs}</span>
        <select value={attendant} onChange={({ target }) => onAttend(target.value)}>
          {users.map(({ key, name, role }) => (
            <option key={key} value={key}>
              {name} · {words.roles[role] ?? role}
            </option>
          ))}
        </select>
      </label>
      {inbox !== "" && (
        <a className="alone" href={inbox} target="_blank" rel="noreferrer">
          <OutIcon size={16} /> <span>{words.openAlone}</span>
        </a>
      )}
    </header>
  );
}
