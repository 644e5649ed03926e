import { openAssistant } from '../../tests/support/assistant';

/** Wednesday, ten in the morning. */
const now = Date.parse('2026-11-25T10:00:00+07:00');

/** What the chat core, with its store and the model of the build, replies to each text of one conversation. */
async function talk(...texts: readonly string[]): Promise<string[]> {
  const assistant = await openAssistant(now);
  try {
    const said: string[] = [];
    for (const text of texts) {
      const replies = await assistant.ask(text);
      said.push(
        replies
          .map(reply =>
            [reply.text, ...('choices' in reply ? reply.choices.map(({ label }) => label) : [])].join('\n'),
          )
          .join('\n'),
      );
    }
    return said;
  } finally {
    await assistant.stop();
  }
}

describe('an answer', () => {
  it('offers our counter to who asks for a turn there, and says where the agency takes people', async () => {
    const [booked = '', asked = ''] = await talk('จองคิวทำบัตรประชาชน', 'ทำบัตรประชาชนใช้เอกสารอะไรบ้าง');
    expect(booked).toContain('จองเวลามาที่จุดบริการของเราได้เลย');
    expect(booked).toContain('จองเวลาที่จุดบริการ');
    expect(booked).toContain('อำเภอ');
    expect(asked).not.toContain('จองเวลาที่จุดบริการ');
  });

  it('goes from that choice to booking there', async () => {
    const [, days = ''] = await talk('จองคิวทำบัตรประชาชน', 'จองเวลาที่จุดบริการ');
    expect(days).toContain('มีคิวเผื่อไว้ให้');
  });

  it('is English for a message all in English, while the conversation stays Thai', async () => {
    const [english = '', thai = ''] = await talk('how do I renew my passport', 'ขอบคุณครับ');
    expect(english).toContain('Go on in English');
    expect(english).not.toMatch(/ต้องเตรียมอะไร|ดูขั้นตอน/u);
    expect(thai).toMatch(/[ก-๙]/u);
    const [mixed = ''] = await talk('renew passport ทำยังไง');
    expect(mixed).not.toContain('Go on in English');
  });

  it('stays English for who picks it', async () => {
    const [, , next = ''] = await talk('how do I renew my passport', 'Go on in English', 'thank you');
    expect(next).not.toMatch(/[ก-๙]/u);
  });
});

describe('a follow-up', () => {
  it('is about what was answered before', async () => {
    const [, documents = '', cost = '', where = ''] = await talk(
      'ทำพาสปอร์ตใหม่',
      'แล้วใช้เอกสารอะไรบ้าง',
      'เสียเงินกี่บาท',
      'เปิดกี่โมง',
    );
    expect(documents).toContain('ทำพาสปอร์ต: ต้องเตรียมอะไร');
    expect(cost).toContain('ทำพาสปอร์ต: ค่าใช้จ่ายและเวลา');
    expect(where).toContain('ทำพาสปอร์ต: ไปที่ไหน');
  });

  it('is none where a dialog is meant', async () => {
    const [, called = ''] = await talk('ทำพาสปอร์ตใหม่', 'ให้เจ้าหน้าที่โทรกลับหน่อย');
    expect(called).not.toContain('ทำพาสปอร์ต: ติดต่อ');
  });

  it('is none where it names something else', async () => {
    const [fraud = '', other = ''] = await talk(
      'โดนโกงออนไลน์ ร้านปิดเพจหนีไปเมื่อเดือนก่อน แจ้งที่ไหน',
      'เงินดิจิทัล 10000 เข้าวันไหน',
    );
    expect(fraud).toContain('โดนโกงออนไลน์');
    expect(other).not.toContain('โดนโกงออนไลน์ แก๊งคอลเซ็นเตอร์');
  });
});
