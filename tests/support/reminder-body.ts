const dayMs = 24 * 60 * 60 * 1000;

/** What an officer sends to have somebody reminded of an appointment the day after tomorrow. */
export const reminderBody = (clientId: string, now: number): Readonly<Record<string, unknown>> => ({
  clientId,
  purpose: 'appointment',
  basis: { basis: 'public-task', at: now, how: 'asked at the counter' },
  text: {
    template: 'appointment',
    values: {
      matter: { kind: 'text', text: 'ทำบัตรประชาชน' },
      place: { kind: 'text', text: 'ที่ว่าการอำเภอเมือง' },
    },
  },
  dueAt: now + 2 * dayMs,
  leadsMs: [dayMs],
  ladder: [{ way: 'sms' }],
  asks: true,
});
