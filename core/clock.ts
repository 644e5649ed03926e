/** Milliseconds since the epoch. Handed in, so that tests own the time. */
export type Clock = () => number;

/** A new unique id, sortable by the time it was made. Handed in, so that tests can repeat a run. */
export type Ids = () => string;
