/** What the person can pick. `id` comes back as the choice; at most 300 characters (LINE postback data). */
export interface Choice {
  readonly id: string;
  readonly label: string;
}

export type Action =
  | ({ readonly kind: 'choice' } & Choice)
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'phone'; readonly label: string; readonly number: string };

/** One labelled group of short lines of a card, such as the documents to bring. */
export interface CardSection {
  readonly label: string;
  readonly lines: readonly string[];
}

export interface Card {
  readonly title: string;
  /** Small line under the title: the agency. */
  readonly subtitle?: string;
  /** First line of the answer. */
  readonly lead: string;
  readonly sections: readonly CardSection[];
  /** Small print: source, date and review state. */
  readonly footnote?: string;
  readonly actions: readonly Action[];
}

/**
 * What the bot or an officer says, in the project's own words; each channel renders it as it can.
 * `text` is always readable alone: it is what SMS shows, the desk lists, and `ask` prints.
 */
export type Reply =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choices'; readonly text: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'card'; readonly text: string; readonly card: Card; readonly speak?: string }
  | { readonly kind: 'cards'; readonly text: string; readonly cards: readonly Card[] }
  | { readonly kind: 'link'; readonly text: string; readonly label: string; readonly url: string }
  | { readonly kind: 'image'; readonly text: string; readonly url: string }
  | {
      readonly kind: 'location';
      readonly text: string;
      readonly title: string;
      readonly address: string;
      readonly latitude: number;
      readonly longitude: number;
    }
  | { readonly kind: 'read-aloud'; readonly text: string; readonly speak: string };
