import type { QueueId } from "../../../contract/ids.ts";
import { useStore } from "../../hooks.ts";

/** Names of queues, each with its colour. */
export function QueueChips({ ids }: { readonly ids: readonly QueueId[] }) {
  const queues = useStore((state) => state.queues);
  return ids.flatMap((id) => {
    const queue = queues.get(id);
    return queue ? [<QueueChip key={id} {...queue} />] : [];
  });
}

export function QueueChip({ name, color }: { readonly name: string; readonly color: string }) {
  return (
    <span className="chip" style={{ "--dot": color }}>
      <span className="chip-dot" aria-hidden="true" />
      <span className="ellipsis">{name}</span>
    </span>
  );
}
