import type { CaseStep, Localised } from '../core';
import type { Workflow } from './reception';
import type { WorkingTime } from './sla/working-time';

const hourMs = 60 * 60 * 1000;

/** Starts every step whose predecessors are finished; steps without a common predecessor run side by side. */
function started(steps: readonly CaseStep[], now: number, time: WorkingTime): readonly CaseStep[] {
  const done = new Set(steps.filter(step => step.doneAt !== undefined).map(step => step.id));
  return steps.map(step => {
    const ready = step.startedAt === undefined && step.after.every(id => done.has(id));
    if (!ready) return step;
    const expectedBy = time.add(now, step.workingHours * hourMs);
    return { ...step, startedAt: now, ...(expectedBy === undefined ? {} : { expectedBy }) };
  });
}

/** The steps of a new case, the first ones begun. */
export function firstSteps(
  workflow: Workflow,
  units: { readonly desk: Localised; readonly agency: Localised },
  now: number,
  time: WorkingTime,
): readonly CaseStep[] {
  const steps = workflow.steps.map(({ unit, ...step }) => ({ ...step, unit: units[unit] }));
  return started(steps, now, time);
}

/** The steps after one is finished; `undefined` when that one is not in progress. */
export function finishStep(
  steps: readonly CaseStep[],
  id: string,
  now: number,
  time: WorkingTime,
): readonly CaseStep[] | undefined {
  const running = steps.some(
    step => step.id === id && step.startedAt !== undefined && step.doneAt === undefined,
  );
  if (!running) return undefined;
  return started(
    steps.map(step => (step.id === id ? { ...step, doneAt: now } : step)),
    now,
    time,
  );
}

/** When a case is due: its working hours from now; a month where the office never opens so long. */
export function dueDate(workflow: Workflow, now: number, time: WorkingTime): number {
  return time.add(now, workflow.workingHours * hourMs) ?? now + 30 * 24 * hourMs;
}
