import { mapPointIn } from './map-links';

const point = { latitude: 19.1802, longitude: 100.9163 };

describe('links to maps', () => {
  it.each([
    ['a picture of Google', 'https://www.google.com/maps/@19.1802,100.9163,17z', point],
    [
      'a pin before the middle',
      'https://www.google.com/maps/place/x/@1.5,2.5,17z/data=!3d19.1802!4d100.9163',
      point,
    ],
    ['a search of Google', 'https://maps.google.com/?q=19.1802,100.9163', point],
    ['the newer search', 'https://www.google.com/maps/search/?api=1&query=19.1802%2C100.9163', point],
    ['a country of Google', 'https://www.google.co.th/maps?q=19.1802,100.9163', point],
    ['a place by its numbers', 'https://www.google.com/maps/place/19.1802,100.9163', point],
    ['Apple', 'https://maps.apple.com/?ll=19.1802,100.9163&q=Pin', point],
    ['OpenStreetMap', 'https://www.openstreetmap.org/?mlat=19.1802&mlon=100.9163#map=17/1/2', point],
    ['geo', 'geo:19.1802,100.9163;u=35', point],
    ['a short link, which says nothing', 'https://maps.app.goo.gl/AbCd', undefined],
    ['another host', 'https://evil.example/?q=19.1802,100.9163', undefined],
    ['a host that looks like one', 'https://www.google.com.evil.example/maps?q=19.1802,100.9163', undefined],
    ['what is no place on earth', 'geo:95.0,200.0', undefined],
    ['no link', 'หมู่ 3 ตำบลปัว 19.1802,100.9163', undefined],
  ])('reads %s', (_, text, expected) => {
    const found = mapPointIn(`หน้าวัด ${text} เสาที่สาม`);
    expect(found).toEqual(expected && { ...expected, rest: 'หน้าวัด เสาที่สาม' });
  });

  it('ends on any text', () => {
    expect(
      mapPointIn(`https://www.google.com/maps/@${'1'.repeat(20_000)},${'2'.repeat(20_000)}`),
    ).toBeUndefined();
  });
});
