// Property tests draw the same cases in every run, so that whether a change lands does not depend on luck;
// `make soak` draws new ones each time.
import fc from 'fast-check';

if (process.env['SOAK'] === undefined) {
  fc.configureGlobal({ seed: 20_261_128 });
}
