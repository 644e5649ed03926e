import { z } from 'zod';
import type { CasePlace, Entity, Understanding } from '../../core';
import { mediaSchema } from './attachments';
import { mapPointIn } from './map-links';
import { missesSchema } from './misread';

/** Questions in the order they are asked; what is known already is not asked. */
export const complaintSteps = ['what', 'topic', 'where', 'when', 'photo', 'who', 'phone', 'check'] as const;
export type ComplaintStep = (typeof complaintSteps)[number];

const place = z.object({
  text: z.string().max(1_000).exactOptional(),
  province: z.string().max(100).exactOptional(),
  district: z.string().max(100).exactOptional(),
  latitude: z.number().exactOptional(),
  longitude: z.number().exactOptional(),
});

/** A complaint in the making. A field that is `null` was asked and left out. */
const schema = z.object({
  step: z.enum(complaintSteps),
  what: z.string().max(4_000).exactOptional(),
  /** `complaint:c-01`. */
  topic: z.string().max(80).nullable().exactOptional(),
  where: place.nullable().exactOptional(),
  when: z.string().max(200).nullable().exactOptional(),
  media: mediaSchema.exactOptional(),
  photosDone: z.boolean().exactOptional(),
  anonymous: z.boolean().exactOptional(),
  /** E.164. */
  phone: z.string().max(20).nullable().exactOptional(),
  /** An own earlier one of the same topic, and whether this is another matter all the same. */
  double: z.string().max(200).exactOptional(),
  another: z.boolean().exactOptional(),
  misses: missesSchema,
});
export type ComplaintState = z.infer<typeof schema>;

export function readState(stored: unknown): ComplaintState | undefined {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}

/** The first question that has no answer yet. */
export function nextStep(state: ComplaintState): ComplaintStep {
  if (state.what === undefined) return 'what';
  if (state.topic === undefined) return 'topic';
  if (state.where === undefined) return 'where';
  if (state.when === undefined) return 'when';
  if (!state.photosDone) return 'photo';
  if (state.anonymous === undefined) return 'who';
  if (!state.anonymous && state.phone === undefined) return 'phone';
  return 'check';
}

export const advanced = ({ misses: _misses, ...state }: ComplaintState): ComplaintState => ({
  ...state,
  step: nextStep(state),
});

/** The state with one answer taken back, so that it is asked again. */
export function without(
  state: ComplaintState,
  field: 'what' | 'where' | 'when' | 'photo' | 'who',
): ComplaintState {
  switch (field) {
    case 'what': {
      const { what: _what, topic: _topic, ...rest } = state;
      return advanced(rest);
    }
    case 'where': {
      const { where: _where, ...rest } = state;
      return advanced(rest);
    }
    case 'when': {
      const { when: _when, ...rest } = state;
      return advanced(rest);
    }
    case 'photo': {
      const { media: _media, photosDone: _done, ...rest } = state;
      return advanced(rest);
    }
    case 'who': {
      const { anonymous: _anonymous, phone: _phone, ...rest } = state;
      return advanced(rest);
    }
  }
}

const valueOf = (entities: readonly Entity[], kind: string): string | undefined =>
  entities.find(entity => entity.kind === kind)?.value;

/** The place that a text names: province and district where they were read, and the point of a link to a map. */
export function placeIn(text: string, understanding: Understanding | undefined): CasePlace {
  const entities = understanding?.entities ?? [];
  const province = valueOf(entities, 'province');
  const district = valueOf(entities, 'district');
  const point = mapPointIn(text);
  const words = (point ? point.rest : text).slice(0, 1_000);
  return {
    ...(words ? { text: words } : {}),
    ...(point ? { latitude: point.latitude, longitude: point.longitude } : {}),
    ...(province ? { province } : {}),
    ...(district ? { district } : {}),
  };
}

/** What the telling itself already says of where and when, so that it is not asked again. */
export function toldIn(
  text: string,
  understanding: Understanding | undefined,
): Pick<ComplaintState, 'where' | 'when'> {
  const entities = understanding?.entities ?? [];
  const places = entities.filter(({ kind }) => ['subdistrict', 'district', 'province'].includes(kind));
  const exact = places.some(({ kind }) => kind !== 'province');
  const [time] = entities.filter(({ kind }) => kind === 'datetime' || kind === 'date' || kind === 'range');
  const placeText = [...places].sort((a, b) => a.start - b.start).map(each => each.text);
  const point = mapPointIn(text);
  return {
    ...(exact || point
      ? { where: { ...placeIn(text, understanding), ...(exact ? { text: placeText.join(' ') } : {}) } }
      : {}),
    ...(time ? { when: `${time.text} (${time.value})`.slice(0, 200) } : {}),
  };
}
