import type { ReactNode } from 'react';

const service = 'service:';

/** The name of what was answered with, and the way to its entry where it has one. */
export function TopicLink({
  topic: { id, name },
  onOpen,
}: {
  topic: { readonly id: string; readonly name: string };
  onOpen: (id: string) => void;
}): ReactNode {
  if (!id.startsWith(service)) return <span>{name}</span>;
  return (
    <button type="button" className="link" onClick={() => onOpen(id.slice(service.length))}>
      {name}
    </button>
  );
}
