import type { Contacts, NewContact } from '../agent-desk';
import type { Clock, Intake, Officer } from '../core';

const hourMs = 60 * 60 * 1000;

type SampleContact = Omit<NewContact, 'at' | 'person'> & {
  readonly hoursAgo: number;
  readonly person: string;
};

/** Invented people, so that a first look at the desk shows what a history is. The numbers are nobody's. */
const samplePeople: Readonly<Record<string, { readonly name: string; readonly phone: string }>> = {
  buaphan: { name: 'บัวผัน ตัวอย่าง', phone: '0800000011' },
  somkid: { name: 'สมคิด ตัวอย่าง', phone: '0800000012' },
  amina: { name: 'อามีนา ตัวอย่าง', phone: '0800000013' },
};

const sampleContacts: readonly SampleContact[] = [
  {
    person: 'buaphan',
    hoursAgo: 170,
    way: 'walk-in',
    type: 'inquiry',
    topic: 'service:p1-04',
    status: 'closed',
    result: 'resolved',
    note: 'ถามเรื่องเบี้ยผู้สูงอายุของแม่ อายุครบ 60 ปีเดือนหน้า ให้รายการเอกสารและที่อยู่เทศบาลแล้ว',
  },
  {
    person: 'buaphan',
    hoursAgo: 52,
    way: 'call',
    type: 'help',
    topic: 'service:p1-04',
    status: 'closed',
    result: 'follow-up',
    note: 'โทรถามว่ายื่นแทนแม่ได้ไหม แม่เดินไม่ไหว แนะนำให้เตรียมหนังสือมอบอำนาจ และนัดโทรกลับหลังคุยกับเทศบาล',
  },
  {
    person: 'somkid',
    hoursAgo: 28,
    way: 'call',
    type: 'complaint',
    status: 'closed',
    result: 'referred',
    note: 'ไฟถนนหน้าโรงเรียนดับมาสามคืน ให้เบอร์เทศบาลและช่วยโทรแจ้งแล้ว',
  },
  {
    person: 'amina',
    hoursAgo: 4,
    way: 'walk-in',
    type: 'help',
    topic: 'service:p1-01',
    status: 'open',
    note: 'ลงทะเบียนเด็กแรกเกิดแล้วเงินยังไม่เข้า รอหน่วยงานตอบเรื่องสมุดบัญชี',
  },
];

const sampleQuestions = [
  'บัตรประชาชนหาย ทำใหม่ต้องใช้อะไรบ้าง',
  'แม่อายุ 65 แล้วจะลงทะเบียนรับเบี้ยผู้สูงอายุได้ที่ไหน',
] as const;

/**
 * History for a demo: contacts logged as an officer logs them, and one chat that goes the way of every chat, so its answers are real.
 * Doing it again changes nothing.
 */
export async function makeSampleHistory(parts: {
  readonly contacts: Pick<Contacts, 'log'>;
  readonly intake: Pick<Intake, 'accept'>;
  readonly officer: Officer;
  readonly clock: Clock;
}): Promise<void> {
  const { contacts, intake, officer, clock } = parts;
  const now = clock();
  const ids = new Map<string, string>();
  for (const [index, { hoursAgo, person, ...contact }] of sampleContacts.entries()) {
    const known = ids.get(person);
    const logged = await contacts.log(
      {
        ...contact,
        clientId: `sample-${index}`,
        at: now - hoursAgo * hourMs,
        person: known ? { id: known } : (samplePeople[person] ?? {}),
      },
      officer,
    );
    ids.set(person, logged.personId);
  }
  await intake.accept(
    sampleQuestions.map((text, index) => ({
      channel: 'webchat',
      account: 'main',
      providerEventId: `sample-${index}`,
      externalId: 'sample-visitor',
      audience: 'person',
      occurredAt: now,
      clientId: `sample-${index}`,
      content: { kind: 'text', text },
    })),
  );
}
