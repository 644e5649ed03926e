import { aboutWhom, createEntityReader, createEntityReaderSlowly, isNegated } from '.';

const read = createEntityReader({
  agencies: [{ id: 'slf', names: ['กองทุนเงินให้กู้ยืมเพื่อการศึกษา', 'กยศ.'] }],
  services: [{ id: 'p1-18', names: ['เบี้ยยังชีพผู้สูงอายุ (ตรวจสอบสิทธิ)'] }],
});
const now = Date.parse('2026-11-24T10:00:00+07:00');
const seen = (text: string): string[] => read(text, now).map(({ kind, value }) => `${kind}:${value}`);

describe('identifiers, places and names', () => {
  it.each([
    ['เลขบัตร 1-1017-00230-70-8', ['thai-id:1101700230708']],
    ['๑๑๐๑๗๐๐๒๓๐๗๐๘', ['thai-id:1101700230708']],
    ['โทร 081-234-5678', ['phone:+66812345678']],
    ['+66 81 234 5678', ['phone:+66812345678']],
    ['สายด่วน 1506', ['phone:1506']],
    ['ศูนย์แปดหนึ่งสองสามสี่ห้าหกเจ็ดแปด', ['phone:+66812345678']],
    ['1กก 1234 กรุงเทพมหานคร', ['plate:1กก 1234', 'province:กรุงเทพมหานคร']],
    ['เลขที่เรื่อง TR-2569/00123', ['reference:TR-2569/00123']],
    ['somchai@example.go.th', ['email:somchai@example.go.th']],
    ['https://www.dopa.go.th/Path?x=1', ['url:https://www.dopa.go.th/Path?x=1']],
    ['ต.แม่สอด อ.แม่สอด จ.ตาก', ['subdistrict:แม่สอด', 'district:แม่สอด', 'province:ตาก']],
    ['เขตบางกะปิ กทม.', ['district:บางกะปิ', 'province:กรุงเทพมหานคร']],
    ['อำเภอเมือง จังหวัดเชียงใหม่', ['district:เมืองเชียงใหม่', 'province:เชียงใหม่']],
    ['แปดริ้ว โคราช ร้อยเอ็ด', ['province:ฉะเชิงเทรา', 'province:นครราชสีมา', 'province:ร้อยเอ็ด']],
    ['กู้กยศ', ['agency:slf']],
    ['เบี้ยยังชีพ ผู้สูงอายุ', ['service:p1-18']],
    ['พ่อตาย', ['relation:father', 'life-event:death']],
    ['แม่ค้าในแม่น้ำ อย่างไร ปลูก', []],
    ['เลยทีเดียว', []],
  ])('%s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it('takes no id whose check digit is wrong', () => {
    expect(seen('1-1017-00230-70-7').filter(entity => entity.startsWith('thai-id'))).toEqual([]);
  });

  it('says whom a message is about', () => {
    expect(aboutWhom(read('ผมถามแทนลูกบ้านครับ', now))).toBe('villager');
    expect(aboutWhom(read('ผมตกงาน', now))).toBe('self');
  });

  it('hears a denial', () => {
    const [event] = read('ยังไม่ได้แต่งงาน', now);
    expect(isNegated('ยังไม่ได้แต่งงาน', event?.start ?? 0)).toBe(true);
    expect(isNegated('I know I married', 9)).toBe(false);
  });
});

describe('the names of a large register', () => {
  it('are learnt in turns, and read as if at once', async () => {
    const services = Array.from({ length: 1_000 }, (_, at) => ({ id: `s-${at}`, names: [`บริการที่ ${at} ก`] }));
    let pauses = 0;
    const slow = await createEntityReaderSlowly({ services }, () => Promise.resolve((pauses += 1)));
    const text = 'อยากทำบริการที่ 999 ก กับพ่อ';
    expect(pauses).toBeGreaterThan(3);
    expect(slow(text, 0)).toEqual(createEntityReader({ services })(text, 0));
    expect(slow(text, 0)).toContainEqual(expect.objectContaining({ kind: 'service', value: 's-999' }));
  });
});
