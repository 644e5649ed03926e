import { type KnownDate, type KnownDates, type Localised, bangkokAt, bangkokTimeOf } from '../../core';
import { type DateEntry, type YearDay, dateEntries } from './register';

const dayMs = 24 * 60 * 60 * 1000;

/** Midnight in Bangkok of this year's day, or of the next year's once it is over. */
function nextDay({ month, day }: YearDay, now: number): number {
  const { year } = bangkokTimeOf(now);
  const at = bangkokAt(year, month, day);
  return now < at + dayMs ? at : bangkokAt(year + 1, month, day);
}

/** The register of dates. `words`: a key of `locales/{th,en}/sms.json` in every language. */
export function createKnownDates(words: (key: string) => Localised): KnownDates {
  function shown(entry: DateEntry, now: number): KnownDate {
    const { id, purpose, source, topic, until, yearly, leadDays } = entry;
    const name = words(`known.${id}`);
    const variable = purpose === 'benefit' ? 'benefit' : 'thing';
    return {
      ...{ id, purpose, name, source, note: words(`known.${id}.note`) },
      text: { template: purpose, values: { [variable]: { kind: 'text', text: name } } },
      leadsMs: leadDays.map(days => days * dayMs),
      ...(yearly ? { repeats: 'FREQ=YEARLY' } : {}),
      ...(until ? { day: nextDay(until, now) } : {}),
      ...(topic ? { topic } : {}),
    };
  }

  return {
    all: now => dateEntries.map(entry => shown(entry, now)),
    get(id, now) {
      const entry = dateEntries.find(each => each.id === id);
      return entry && shown(entry, now);
    },
    called(text, now) {
      const entry = dateEntries.find(each => each.called.test(text));
      return entry && shown(entry, now);
    },
  };
}
