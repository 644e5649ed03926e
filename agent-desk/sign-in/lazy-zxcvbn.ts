import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

let estimator: ZxcvbnFactory | undefined;

/** Loaded when the first password is set: lists of leaked passwords, 10 MB, that most runs never need. */
function load(): ZxcvbnFactory {
  const core: typeof import('@zxcvbn-ts/core') = require('@zxcvbn-ts/core');
  const lists: typeof import('@zxcvbn-ts/language-common') = require('@zxcvbn-ts/language-common');
  return new core.ZxcvbnFactory({
    dictionary: lists.dictionary,
    graphs: lists.adjacencyGraphs,
    // The time it takes grows faster than the text.
    maxLength: 64,
  });
}

/**
 * Whether somebody who knows the lists of leaked passwords, keyboards, dates and the given words needs fewer than 10^8 guesses, as
 * zxcvbn estimates it.
 */
export function isEasyToGuess(password: string, known: readonly string[]): boolean {
  estimator ??= load();
  return estimator.check(password, [...known]).score < 3;
}
