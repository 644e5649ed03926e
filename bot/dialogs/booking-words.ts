import { type ServicePoint, type Turn, bangkokIsoDate } from '../../core';
import type { BookingState } from './booking-state';
import { bangkokDay, bangkokTime } from './moments';

const leastOfName = 3;

/** Who goes first, and who need not, in their own words. */
const first =
  /^(?:ใช่|เป็น|ด่วน)|สูงอายุ|คนแก่|ชรา|พิการ|วีลแชร์|ท้อง|ครรภ์|เร่งด่วน|(?:6[0-9]|[7-9][0-9])\s*(?:ปี|กว่า)|pregnan|disab|elderly/iu;
const ordinary = /^(?:ไม่|เปล่า|ปกติ|ธรรมดา)|^no\b/iu;

/** Where there is one place only, it is that. */
export function pointOf(state: BookingState, points: readonly ServicePoint[]): ServicePoint | undefined {
  return points.length === 1 ? points[0] : points.find(({ id }) => id === state.point);
}

/** The question that waits. */
export function waitsFor(
  state: BookingState,
  points: readonly ServicePoint[],
): 'point' | 'priority' | 'day' | 'time' | 'check' {
  if (pointOf(state, points) === undefined) return 'point';
  if (state.priority === undefined) return 'priority';
  if (state.day === undefined) return 'day';
  return state.startsAt === undefined ? 'time' : 'check';
}

/** The one place whose name holds what was typed. */
function named(text: string, points: readonly ServicePoint[]): ServicePoint | undefined {
  const plain = (words: string): string => words.replace(/\s/gu, '').toLowerCase();
  const said = plain(text);
  if (said.length < leastOfName) return undefined;
  const [only, ...others] = points.filter(({ name }) =>
    Object.values(name).some(each => plain(each).includes(said)),
  );
  return others.length === 0 ? only : undefined;
}

/** What a text answers where the place or who goes first is asked for. */
export function answered(
  turn: Turn,
  state: BookingState,
  text: string,
  points: readonly ServicePoint[],
): BookingState {
  const { intent } = turn.understanding ?? {};
  switch (waitsFor(state, points)) {
    case 'point': {
      const point = named(text, points);
      return point ? { ...state, point: point.id } : state;
    }
    case 'priority':
      if (intent === 'no' || ordinary.test(text)) return { ...state, priority: false };
      return intent === 'yes' || first.test(text) ? { ...state, priority: true } : state;
    default:
      return state;
  }
}

/** Day and time as a text names them. */
export function told(turn: Turn, state: BookingState): BookingState {
  const entities = turn.understanding?.entities ?? [];
  const find = (kind: string): string | undefined => entities.find(each => each.kind === kind)?.value;
  const exact = bangkokTime(find('datetime') ?? '');
  if (exact !== undefined) return { ...state, day: bangkokDay(exact), startsAt: exact };
  const date = bangkokTime(find('date') ?? '');
  const day = date === undefined ? state.day : bangkokDay(date);
  const time = find('time');
  const at = day !== undefined && time ? bangkokTime(`${bangkokIsoDate(day)}T${time}`) : undefined;
  return { ...state, ...(day === undefined ? {} : { day }), ...(at === undefined ? {} : { startsAt: at }) };
}
