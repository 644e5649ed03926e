import { z } from 'zod';
import { type Knowledge, type Localised, type Route, type Suggestions, route } from '../../core';

export interface SuggestionRouteParts {
  readonly suggestions: Suggestions;
  readonly knowledge: () => Knowledge;
  /** The address of whoever shows this authorization; refuses whom nobody knows. */
  readonly addressOf: (authorization: string) => Promise<string>;
  /** Notes that the person agrees, or does no longer; the key makes one touch count once. */
  readonly agree: (addressId: string, key: string, on: boolean) => Promise<void>;
  readonly forget: (addressId: string) => Promise<unknown>;
}

const localised = z.object({ th: z.string() }).catchall(z.string());
const named = z.object({ service: z.string(), name: localised });
const done = z.object({ ok: z.literal(true) });
const ok = { body: { ok: true } } as const;
const path = '/api/v1/my/suggestions';

/** Suggestions on the page of one's own matters: the list with its reasons, the switch, and the eraser. */
export function suggestionRoutes(parts: SuggestionRouteParts): Route[] {
  const nameOf = (id: string): z.infer<typeof localised> => {
    const name: Localised | undefined = parts.knowledge().topic({ kind: 'service', id })?.name;
    return { ...name, th: name?.th ?? id };
  };
  return [
    route({
      method: 'get',
      path,
      summary: 'What may be for me, why, and what is remembered for it',
      access: 'public',
      proof: 'visitor',
      returns: z.object({
        on: z.boolean(),
        suggestions: z.array(named.extend({ reasons: z.array(localised), askedAbout: localised.optional() })),
        facts: z.array(z.object({ label: localised, value: localised })),
        asked: z.array(named),
      }),
      async handle({ authorization }) {
        const list = await parts.suggestions.of(await parts.addressOf(authorization));
        if (!list) return { body: { on: false, suggestions: [], facts: [], asked: [] } };
        return {
          body: {
            on: true,
            suggestions: list.suggestions.map(({ service, reasons, askedAbout }) => ({
              ...{ service, name: nameOf(service) },
              reasons: reasons.map(reason => ({ ...reason })),
              ...(askedAbout === undefined ? {} : { askedAbout: nameOf(askedAbout) }),
            })),
            facts: list.facts.map(({ label, value }) => ({ label: { ...label }, value: { ...value } })),
            asked: list.asked.map(service => ({ service, name: nameOf(service) })),
          },
        };
      },
    }),
    route({
      method: 'put',
      path,
      summary: 'Agree to suggestions, or withdraw that and erase what they came from',
      access: 'public',
      proof: 'visitor',
      body: z.strictObject({ key: z.string().regex(/^[\w-]{8,64}$/u), on: z.boolean() }),
      returns: done,
      async handle({ body, authorization }) {
        await parts.agree(await parts.addressOf(authorization), body.key, body.on);
        return ok;
      },
    }),
    route({
      method: 'delete',
      path: `${path}/remembered`,
      summary: 'Erase what is remembered for suggestions, and go on from nothing',
      access: 'public',
      proof: 'visitor',
      returns: done,
      async handle({ authorization }) {
        await parts.forget(await parts.addressOf(authorization));
        return ok;
      },
    }),
  ];
}
