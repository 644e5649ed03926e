import { namespaceOf } from './engines';

describe('the names of an installation in Redis', () => {
  it.each([
    ['mongodb://127.0.0.1:27017/thamrat', 'thamrat-thamrat'],
    ['mongodb://user:p%2Fw@a:1,b:2,c:3/chiangmai?replicaSet=rs0', 'thamrat-chiangmai'],
    ['mongodb+srv://user:word@cluster.example/nan', 'thamrat-nan'],
    ['mongodb://127.0.0.1:27017', 'thamrat'],
    [undefined, 'thamrat'],
  ])('of %s begin with %s', (mongodbUrl, namespace) => {
    expect(namespaceOf(mongodbUrl === undefined ? {} : { mongodbUrl })).toBe(namespace);
  });
});
