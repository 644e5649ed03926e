import { digitWords, numberWords } from './thai-numbers';

/** Full words in place of what nobody can read aloud; longer ones first. */
const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/ม\.ค\./gu, 'มกราคม'],
  [/ก\.พ\./gu, 'กุมภาพันธ์'],
  [/มี\.ค\./gu, 'มีนาคม'],
  [/เม\.ย\./gu, 'เมษายน'],
  [/พ\.ค\./gu, 'พฤษภาคม'],
  [/มิ\.ย\./gu, 'มิถุนายน'],
  [/ก\.ค\./gu, 'กรกฎาคม'],
  [/ส\.ค\./gu, 'สิงหาคม'],
  [/ก\.ย\./gu, 'กันยายน'],
  [/ต\.ค\./gu, 'ตุลาคม'],
  [/พ\.ย\./gu, 'พฤศจิกายน'],
  [/ธ\.ค\./gu, 'ธันวาคม'],
  [/พ\.ศ\./gu, 'พุทธศักราช'],
  [/รพ\.สต\./gu, 'โรงพยาบาลส่งเสริมสุขภาพตำบล'],
  [/อบต\./gu, 'องค์การบริหารส่วนตำบล'],
  [/อบจ\./gu, 'องค์การบริหารส่วนจังหวัด'],
  [/พม\./gu, 'กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์'],
  [/อสม\./gu, 'อาสาสมัครสาธารณสุข'],
  [/รพ\./gu, 'โรงพยาบาล'],
  [/ธ\.ก\.ส\./gu, 'ธนาคารเพื่อการเกษตร'],
  [/โทร\./gu, 'โทร'],
  [/กม\./gu, 'กิโลเมตร'],
  [/(?<=^|[\s\d])จ\./gu, 'จังหวัด'],
  [/(?<=^|[\s\d])อ\./gu, 'อำเภอ'],
  [/(?<=^|[\s\d])ต\./gu, 'ตำบล'],
  [/ฯลฯ/gu, 'และอื่น ๆ'],
];

const phoneGroups = (digits: string): readonly number[] =>
  digits.length === 10 ? [3, 3, 4] : digits.length === 9 ? [2, 3, 4] : [digits.length];

const clockWords = (hour: string, minute: string): string =>
  `${numberWords(hour)}นาฬิกา${minute === '00' ? '' : `${numberWords(minute)}นาที`}`;

/** A text as it is read aloud: no links, no abbreviations, numbers and times in words, phone numbers digit by digit. */
export function spoken(text: string): string {
  let said = text
    .replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/(?:https?:\/\/|www\.)\S+/giu, '')
    .replace(/\([^()]*@[^()]*\)|(?<!\S)\S+@\S+/gu, '');
  said = said
    .replace(
      /(\d{1,2})[:.](\d{2})\s*[-–]\s*(?=\d{1,2}[:.]\d{2}\s*น\.)/gu,
      (_, hour: string, minute: string) => `${clockWords(hour, minute)} ถึง `,
    )
    .replace(/(\d{1,2})[:.](\d{2})\s*น\./gu, (_, hour: string, minute: string) => clockWords(hour, minute))
    .replace(/(\d)\s*น\./gu, '$1 นาฬิกา');
  for (const [short, full] of abbreviations) said = said.replace(short, full);
  said = said
    .replace(/(?<!\d)0\d(?:[\s-]?\d){7,8}(?!\d)/gu, phone => {
      const digits = phone.replace(/\D/gu, '');
      return ` ${digitWords(digits, phoneGroups(digits))} `;
    })
    .replace(
      /((?:โทร|สายด่วน|หมายเลข|สอบถาม|ติดต่อ)(?:ที่)?\s*)(\d{3,4})(?!\d)/gu,
      (_, before: string, digits: string) => `${before} ${digitWords(digits, [digits.length])} `,
    )
    .replace(/(\d{1,3}(?:,\d{3})+)/gu, grouped => grouped.replaceAll(',', ''))
    .replace(
      /(?<!\d)(\d+)\.(\d+)/gu,
      (_, whole: string, part: string) =>
        `${numberWords(whole)}จุด${digitWords(part, [part.length]).replaceAll(' ', '')}`,
    )
    .replace(/(?<!\d)(\d+)\s*%/gu, '$1 เปอร์เซ็นต์')
    .replace(/(?<!\d)(\d+)\s*[-–]\s*(\d+)/gu, '$1 ถึง $2')
    .replace(/\d+/gu, number =>
      number.length > 12 ? digitWords(number, [number.length]) : numberWords(number),
    );
  return said
    .replace(/[()"“”•*_#]/gu, ' ')
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
}
