import { useState } from "react";

import { Chat } from "./Chat.tsx";
import type { PhoneConnection } from "./connection.ts";
import { FaultDrawer } from "./FaultDrawer.tsx";
import { timeOf } from "./format.ts";
import { BoltIcon } from "./Icons.tsx";
import { useNow } from "./now.ts";
import { PersonaList } from "./PersonaList.tsx";
import { words } from "./words.ts";

/** A telephone as one holds it, and the switches of what may go wrong below it. */
export function CustomerPhone({ phone }: { readonly phone: PhoneConnection }) {
  const { state } = phone;
  const now = useNow();
  const [drawer, setDrawer] = useState(false);
  const persona = state.personas.find(({ id }) => id === state.open);
  return (
    <>
      <div className="device">
        <div className="screen">
          <div className="statusbar" aria-hidden="true">
            <span>{timeOf(now)}</span>
            <span className="island" />
            <span className="signals">
              <i />
              <i />
              <i />
              <b />
            </span>
          </div>
          {persona === undefined ? (
            <PersonaList phone={phone} />
          ) : (
            <Chat key={persona.id} phone={phone} persona={persona} />
          )}
          <div className="notice" role="status">
            {!state.connected && state.business !== "" && <p>{words.offline}</p>}
            {state.refusal !== null && (
              <p>
                {words.refusals[state.refusal]}{" "}
                <button type="button" onClick={phone.understood}>
                  {words.close}
                </button>
              </p>
            )}
          </div>
        </div>
      </div>
      <button
        type="button"
        className="wrong"
        aria-expanded={drawer}
        aria-controls="faults"
        data-armed={state.faults.length > 0}
        onClick={() => setDrawer(!drawer)}
      >
        <BoltIcon size={18} /> {words.wrong}
        {state.faults.length > 0 && <span className="badge">{state.faults.length}</span>}
      </button>
      {drawer && <FaultDrawer phone={phone} onClose={() => setDrawer(false)} />}
    </>
  );
}
