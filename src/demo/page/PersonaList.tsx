import { useEffect, useRef, useState } from "react";

import type { Persona } from "../phone/protocol.ts";
import { Avatar } from "./Avatar.tsx";
import type { PhoneConnection } from "./connection.ts";
import { PersonIcon } from "./Icons.tsx";
import { words } from "./words.ts";

/** Where one chooses which customer to be. */
export function PersonaList({ phone }: { readonly phone: PhoneConnection }) {
  const { personas, unread } = phone.state;
  return (
    <div className="people">
      <h2>{words.who}</h2>
      <ul>
        {personas.map((persona) => (
          <li key={persona.id}>
            <Row persona={persona} unread={unread[persona.id] ?? 0} onTake={phone.take} />
          </li>
        ))}
        <li>
          <NewCustomer phone={phone} />
        </li>
      </ul>
    </div>
  );
}

interface RowProps {
  readonly persona: Persona;
  readonly unread: number;
  readonly onTake: (id: string) => void;
}

function Row({ persona: { id, name, phone, about }, unread, onTake }: RowProps) {
  return (
    <button type="button" className="person" onClick={() => onTake(id)}>
      <Avatar name={name} size={46} />
      <span className="who">
        <strong>{name}</strong>
        <small>{about === "" ? phone : about}</small>
      </span>
      {unread > 0 && (
        <span className="badge" aria-label={words.unread(unread)}>
          {unread}
        </span>
      )}
    </button>
  );
}

function NewCustomer({ phone }: { readonly phone: PhoneConnection }) {
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [asking]);
  const known = useRef<number | null>(null);
  const { personas } = phone.state;
  const { take } = phone;
  useEffect(() => {
    // Made at the server, where the number comes from; the newest is ours.
    const newest = personas.at(-1);
    if (known.current === null || personas.length <= known.current || newest === undefined) return;
    known.current = null;
    take(newest.id);
  }, [personas, take]);

  if (!asking) {
    return (
      <button type="button" className="person" onClick={() => setAsking(true)}>
        <span className="avatar new" aria-hidden="true">
          <PersonIcon size={22} />
        </span>
        <span className="who">
          <strong>{words.newCustomer}</strong>
        </span>
      </button>
    );
  }
  return (
    <form
      className="meet"
      onSubmit={(event) => {
        event.preventDefault();
        known.current = personas.length;
        phone.send({ type: "meet", name });
      }}
    >
      <input
        ref={field}
        required
        maxLength={60}
        aria-label={words.name}
        placeholder={words.name}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <button type="submit" className="go" disabled={name.trim() === ""}>
        {words.begin}
      </button>
    </form>
  );
}
