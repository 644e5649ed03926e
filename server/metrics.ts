import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The balance an operator can check: accepted = processed + set aside + in flight. */
export interface Metrics {
  readonly registry: Registry;
  readonly webhook: Counter<'what' | 'channel'>;
  readonly turns: Counter<'outcome'>;
  readonly turnSeconds: Histogram;
  readonly setAside: Counter;
  readonly turnFailures: Counter;
  readonly sendings: Counter<'outcome'>;
  readonly oldestWaitingSeconds: Gauge;
  readonly outboxOpen: Gauge;
  readonly errors: Counter;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    webhook: new Counter({
      name: 'thamrat_webhook_events_total',
      help: 'Events at the webhooks: accepted, known (a double), ignored, refused (not signed by the vendor)',
      labelNames: ['what', 'channel'],
      registers,
    }),
    turns: new Counter({
      name: 'thamrat_turns_total',
      help: 'Turns by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    turnSeconds: new Histogram({
      name: 'thamrat_turn_seconds',
      help: 'From taking up an event to its durable commit',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    setAside: new Counter({
      name: 'thamrat_events_set_aside_total',
      help: 'Events given up after all tries',
      registers,
    }),
    turnFailures: new Counter({
      name: 'thamrat_turn_failures_total',
      help: 'Tries of events that failed',
      registers,
    }),
    sendings: new Counter({
      name: 'thamrat_sendings_total',
      help: 'Vendor calls by how they ended',
      labelNames: ['outcome'],
      registers,
    }),
    oldestWaitingSeconds: new Gauge({
      name: 'thamrat_oldest_waiting_seconds',
      help: 'Age of the oldest accepted event without a turn',
      registers,
    }),
    outboxOpen: new Gauge({
      name: 'thamrat_outbox_open',
      help: 'Sendings without an end state, counted up to 1000',
      registers,
    }),
    errors: new Counter({ name: 'thamrat_errors_total', help: 'Failures nobody foresaw', registers }),
  };
}
