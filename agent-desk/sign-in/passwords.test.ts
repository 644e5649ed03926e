import { acceptablePassword } from './passwords';

const officer = { username: 'somchai.j', name: 'สมชาย ใจดี' };
const refusal = (password: string): string => {
  try {
    acceptablePassword(password, officer);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('a new password', () => {
  it.each([
    'ข้าวเหนียวมะม่วง 42',
    'correct horse battery staple',
    'ไปทำงานวันจันทร์ด้วยรถเมล์',
    'a-long-test-password',
  ])('may be a sentence: %s', password => expect(refusal(password)).toBe(''));

  it.each(['short', 'aaaaaaaaaaaaaaaa', 'abababababababab'])('is long and varied: %s', password =>
    expect(refusal(password)).toMatch(/12 characters/u),
  );

  it.each(['my somchai.j password', 'SOMCHAI.J-is-my-name'])(
    'does not hold the name of the account: %s',
    password => expect(refusal(password)).toMatch(/user name/u),
  );

  it.each([
    'password1234',
    'P@ssw0rd2026',
    'Password1234!',
    'qwertyuiop12',
    'abcdefghijkl',
    '123456789012',
    'iloveyou12345',
    'Abcd1!Abcd1!Abcd1!',
  ])('is none that everybody tries first: %s', password => {
    expect(refusal(password)).toMatch(/guess/u);
  });
});
