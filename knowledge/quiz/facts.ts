import type { Localised, QuizOption } from '../../core';
import type { Fact } from './schema';

/** One value a fact can take: its share among people, and for numbers the range it stands for. */
export interface FactValue {
  readonly id: string;
  readonly label: Localised;
  /** 0-1; the shares of a fact sum to 1. */
  readonly share: number;
  readonly range?: readonly [number, number];
}

const yesNoLabels = { yes: { th: 'ใช่', en: 'Yes' }, no: { th: 'ไม่ใช่', en: 'No' } };

function rawValues(fact: Fact): readonly FactValue[] {
  if (fact.kind !== 'yes-no') return fact.values;
  return [
    { id: 'yes', label: yesNoLabels.yes, share: fact.likely },
    { id: 'no', label: yesNoLabels.no, share: 1 - fact.likely },
  ];
}

export function valuesOf(fact: Fact): readonly FactValue[] {
  const values = rawValues(fact);
  const total = values.reduce((sum, value) => sum + value.share, 0);
  return values.map(value => ({ ...value, share: value.share / total }));
}

export const optionsOf = (fact: Fact): QuizOption[] => valuesOf(fact).map(({ id, label }) => ({ id, label }));
