import fc from 'fast-check';
import { exifOfBangkok, jpeg, mp4, objectStream, pdf, png, webp } from '../tests/support/sample-files';
import { readExif } from './exif';
import { inspect, mostBytes, shownName } from './inspect';
import type { Cleaned, Refusal } from './kinds';

function clean(bytes: Buffer): Cleaned {
  const found = inspect(bytes);
  if (found.outcome === 'refused') throw new Error(`refused: ${found.why}`);
  return found.file;
}
const script = Buffer.from('<html><script>alert(1)</script></html>');
const samples = { jpeg: jpeg(), png: png({ side: 3 }), webp: webp(), pdf: pdf(), mp4: mp4() };

describe('what is kept of a file', () => {
  it.each([
    ['a photograph', jpeg({ after: script }), 'image/jpeg'],
    [
      'a PNG',
      png({
        extra: [
          ['tEXt', Buffer.from('Comment\0SECRET')],
          ['eXIf', exifOfBangkok()],
        ],
        after: script,
      }),
      'image/png',
    ],
    ['a WebP', webp(), 'image/webp'],
    ['a video', mp4(), 'video/mp4'],
    ['a sound', mp4('M4A '), 'audio/mp4'],
    ['a PDF', pdf('', 'PK\u0003\u0004 SECRET'), 'application/pdf'],
  ])('of %s: its own kind, and nothing that was written beside the picture', (_, bytes, kind) => {
    const file = clean(bytes);
    expect(file.kind).toBe(kind);
    const text = file.bytes.toString('latin1');
    expect(text).not.toMatch(/SECRET|<script>|xmpmeta|Photoshop|tEXt|eXIf|\u00a9xyz/u);
  });

  it.each([
    ['a photograph', jpeg()],
    ['a PNG', png({ extra: [['eXIf', exifOfBangkok()]] })],
    ['a WebP', webp()],
  ])('tells where %s was taken, and leaves it out of the file', (_, bytes) => {
    const { place, bytes: kept } = clean(bytes);
    expect(place?.latitude).toBeCloseTo(13.7508, 3);
    expect(place?.longitude).toBeCloseTo(100.5, 3);
    expect(clean(kept).place).toBeUndefined();
  });

  it('keeps which way is up: a phone turns its photographs by a note only', () => {
    const { bytes } = clean(jpeg());
    const at = bytes.indexOf('Exif\0\0', 0, 'latin1');
    expect(readExif(bytes.subarray(at + 6))).toEqual({ orientation: 6 });
  });

  it('is the same when it is cleaned a second time', () => {
    for (const bytes of Object.values(samples)) {
      const once = clean(bytes).bytes;
      expect(clean(once).bytes.equals(once)).toBe(true);
    }
  });
});

describe('what is refused', () => {
  const gif = Buffer.from('GIF89a/*\u0001\u0000*/=1;alert(1)', 'latin1');
  it.each<readonly [string, Buffer, Refusal]>([
    ['nothing at all', Buffer.alloc(0), 'empty'],
    ['a web page', script, 'kind'],
    [
      'a drawing that can hold scripts',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'kind',
    ],
    ['an archive, also an office document', Buffer.from('PK\u0003\u0004rest', 'latin1'), 'kind'],
    ['a program', Buffer.from('MZ\u0090\u0000', 'latin1'), 'kind'],
    ['a GIF that is also a script', gif, 'kind'],
    ['a picture of a phone maker whose inside we do not read', mp4('heic'), 'kind'],
    [
      'a web page that begins like a photograph',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), script]),
      'damaged',
    ],
    ['a PNG with a wrong check sum', Buffer.from(png()).fill(0x41, 20, 21), 'damaged'],
    ['a PNG that is one dot short of its end', png().subarray(0, -1), 'damaged'],
    ['half a photograph', jpeg().subarray(0, 200), 'damaged'],
    ['a picture that fills all memory', png({ width: 40_000, height: 40_000 }), 'dimensions'],
    ['a picture one dot high and without end', png({ width: 4_000_000_000, height: 1 }), 'dimensions'],
    ['a picture without dots', png({ width: 0 }), 'damaged'],
    ['a PDF that runs a script', pdf('3 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>\nendobj\n'), 'active'],
    ['a PDF that hides that it does', pdf('3 0 obj\n<</S/Java#53cript/JS(1)>>\nendobj\n'), 'active'],
    [
      'a PDF that does so in a compressed part',
      pdf(objectStream(Buffer.from('3 0 <</S/JavaScript>>'))),
      'active',
    ],
    ['a PDF that starts a program', pdf('3 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n'), 'active'],
    ['a PDF that carries a file', pdf('3 0 obj\n<</Type/EmbeddedFile>>\nendobj\n'), 'active'],
    ['a locked PDF', pdf('trailer\n<</Encrypt 5 0 R>>\n'), 'active'],
    ['a PDF that swells', pdf(objectStream(Buffer.alloc(64 * 1024 * 1024))), 'dimensions'],
    [
      'a PDF with a packing we cannot look into',
      pdf(Buffer.from('<</Type/ObjStm>>\nstream\nnot packed\nendstream\n')),
      'active',
    ],
    ['a PDF that hides where its objects are', pdf('<</Type/Obj#53tm>>\nstream\nx\nendstream\n'), 'active'],
    [
      'an archive with a PDF behind it',
      Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), pdf()]),
      'kind',
    ],
    ['a file that is too large', Buffer.concat([png(), Buffer.alloc(mostBytes)]), 'too-large'],
  ])('%s', (_, bytes, why) => {
    expect(inspect(bytes)).toEqual({ outcome: 'refused', why });
  });

  it('never breaks, whatever is changed in a file', () => {
    const kinds = Object.values(samples);
    const change = fc.record({
      which: fc.nat(kinds.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      put: fc.uint8Array({ maxLength: 12 }),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(change, ({ which, at, put, cut }) => {
        const bytes = Buffer.from(kinds[which] ?? []);
        bytes.set(put.subarray(0, bytes.length), Math.floor(at * Math.max(0, bytes.length - put.length)));
        const found = inspect(cut < 0.3 ? bytes.subarray(0, Math.floor(cut * 3 * bytes.length)) : bytes);
        if (found.outcome === 'clean') expect(inspect(Buffer.from(found.file.bytes)).outcome).toBe('clean');
      }),
      { numRuns: 1_500 },
    );
  });

  it('reads camera notes of any bytes without breaking', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), bytes => {
        readExif(Buffer.concat([Buffer.from('II*\0', 'latin1'), bytes]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the name a file is shown under', () => {
  it.each([
    ['บัตรประชาชน.jpg', 'บัตรประชาชน.jpg'],
    ['../../etc/passwd', 'passwd.jpg'],
    ['C:\\Users\\x\\photo.JPG', 'photo.jpg'],
    ['invoice.pdf.exe', 'invoice-pdf.jpg'],
    ['photo.php.jpg', 'photo-php.jpg'],
    ['\u202Egpj.exe', 'gpj.jpg'],
    ['a\r\nSet-Cookie: x=1', 'aSet-Cookie- x-1.jpg'],
    ['.htaccess', 'image-1.jpg'],
    ['', 'image-1.jpg'],
    ['=HYPERLINK("x")', '-HYPERLINK(-x-).jpg'],
  ])('of %j is %j', (given, shown) => {
    expect(shownName(given, 'image/jpeg', 'image-1')).toBe(shown);
  });
});
