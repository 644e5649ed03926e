import type { ReminderPurpose, TextValue } from '../../core';

/** One thing to fill in. */
export interface TemplateVariable {
  readonly name: string;
  readonly kind: TextValue['kind'];
  /** UTF-16 units of a text; what is longer is refused, never cut. */
  readonly maxUnits?: number;
}

/** A sentence of `locales/{th,en}/sms.json` under `template.<id>`, and what it needs. */
export interface Template {
  readonly id: string;
  /** What it may be used for. */
  readonly purposes: readonly ReminderPurpose[];
  readonly variables: readonly TemplateVariable[];
  /** A reminder to oneself needs nobody to call. */
  readonly withoutPhone?: true;
}

const text = (name: string, maxUnits: number): TemplateVariable => ({ name, kind: 'text', maxUnits });

/** All templates there are. `{due}` (the moment it is about), `{phone}` and `{operator}` are known without being filled in. */
export const templates: readonly Template[] = [
  { id: 'appointment', purposes: ['appointment'], variables: [text('matter', 50), text('place', 50)] },
  {
    id: 'appointment-bring',
    purposes: ['appointment'],
    variables: [text('matter', 50), text('place', 50), text('bring', 60)],
  },
  { id: 'document', purposes: ['document'], variables: [text('document', 50)] },
  { id: 'benefit', purposes: ['benefit'], variables: [text('benefit', 50)] },
  {
    id: 'benefit-amount',
    purposes: ['benefit'],
    variables: [text('benefit', 50), { name: 'amount', kind: 'amount' }],
  },
  { id: 'renewal', purposes: ['renewal'], variables: [text('thing', 50)] },
  { id: 'case-step', purposes: ['case'], variables: [text('matter', 60), text('step', 60)] },
  { id: 'personal', purposes: ['personal'], variables: [text('what', 80)], withoutPhone: true },
  { id: 'event', purposes: ['announcement', 'promotion'], variables: [text('what', 80), text('place', 50)] },
  {
    id: 'free',
    purposes: ['appointment', 'case', 'document', 'benefit', 'renewal', 'announcement', 'promotion'],
    variables: [text('text', 160)],
  },
  {
    id: 'free-call',
    purposes: ['appointment', 'case', 'document', 'benefit', 'renewal', 'announcement', 'promotion'],
    variables: [text('text', 160), { name: 'call', kind: 'phone' }],
  },
];

export const templateOf = (id: string): Template | undefined => templates.find(each => each.id === id);
