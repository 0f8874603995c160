import { serverUrlProblem } from './server-url';

describe('serverUrlProblem', () => {
  it.each(['http://loghunter:8787', 'https://logs.example.com/loghunter/', ' http://127.0.0.1:8787 '])(
    'accepts %s',
    (address) => {
      expect(serverUrlProblem(address)).toBeUndefined();
    }
  );

  it.each([
    ['', 'Enter the address'],
    ['loghunter', 'whole address'],
    ['ftp://loghunter', 'http://'],
    ['http://me:secret@loghunter', 'user and password'],
    ['http://loghunter/?a=1', 'follows ?'],
  ])('refuses %p', (address, words) => {
    expect(serverUrlProblem(address)).toContain(words);
  });
});
