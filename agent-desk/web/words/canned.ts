/** What the desk fills in when a canned reply is used. Stored as `{person}`; shown to officers by its name in their language. */
export const slots = ['person', 'officer', 'reference'] as const;
export type Slot = (typeof slots)[number];
/** As much of a catalogue as is asked for here. */
type Say = (key: `canned.slot.${Slot}`) => string;

/** As much of a canned reply as is looked at here. */
interface Named {
  readonly name: string;
  readonly text: { readonly th: string; readonly en?: string | undefined };
}

export const slotName = (say: Say, slot: Slot): string => `{${say(`canned.slot.${slot}`)}}`;

const replaced = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((sofar, [from, to]) => sofar.replaceAll(from, to), text);

/** As officers read and write it. */
export const shownText = (say: Say, text: string): string =>
  replaced(
    text,
    slots.map(slot => [`{${slot}}`, slotName(say, slot)]),
  );

/** As it is stored. */
export const storedText = (say: Say, shown: string): string =>
  replaced(
    shown,
    slots.map(slot => [slotName(say, slot), `{${slot}}`]),
  );

/** With everything filled that is known; the rest keeps its name, for the officer to write over. */
export const filledText = (say: Say, text: string, values: Readonly<Partial<Record<Slot, string>>>): string =>
  shownText(
    say,
    replaced(
      text,
      slots.flatMap(slot => (values[slot] ? [[`{${slot}}`, values[slot]] as const] : [])),
    ),
  );

/** The first thing in a text that still has to be filled, and where. */
export function openSlot(say: Say, text: string): { readonly name: string; readonly at: number } | undefined {
  const found = slots.map(slot => {
    const name = slotName(say, slot);
    return { name, at: text.indexOf(name) };
  });
  return found.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
}

/** The letters after a `/` that begins a word and ends at the cursor: `12/5` asks for nothing. */
export function slashBefore(
  text: string,
  cursor: number,
): { readonly from: number; readonly letters: string } | undefined {
  const match = /(?:^|\s)\/(\S{0,40})$/u.exec(text.slice(0, cursor));
  const letters = match?.[1];
  return letters === undefined ? undefined : { from: cursor - letters.length - 1, letters };
}

const shownAtOnce = 8;

/** What the letters mean: names that begin with them first, then names, then texts that have them. */
export function fitting<T extends Named>(replies: readonly T[], letters: string): readonly T[] {
  const wanted = letters.toLowerCase();
  const rank = ({ name, text }: Named): number => {
    const called = name.toLowerCase();
    if (called.startsWith(wanted)) return 0;
    if (called.includes(wanted)) return 1;
    return `${text.th}\n${text.en ?? ''}`.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return replies
    .filter(reply => rank(reply) < 3)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, shownAtOnce);
}
