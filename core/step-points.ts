import { channel } from 'node:diagnostics_channel';

/** Where an event or a sending has just arrived. Fault tests stop the process here; nothing else listens. */
export type StepPoint = 'verified' | 'stored' | 'decided' | 'committed' | 'before-send' | 'sent' | 'marked';

const points = channel('thamrat:step');

export function reached(point: StepPoint, id: string): void {
  if (points.hasSubscribers) points.publish({ point, id });
}
