import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isSafePattern } from 'redos-detector';
import {
  forEachChild,
  createSourceFile,
  isRegularExpressionLiteral,
  type Node,
  ScriptTarget,
} from 'typescript';
import { endingIn } from '../../core';
import { projectRoot } from '../../server/root';

/** Folders whose programs are not shipped, or that hold none. */
const others = ['tests', 'bench', 'scripts', 'dist', 'node_modules', 'docs', 'locales', 'data'];

/** Files whose finding was looked at, and why it is none. */
const lookedAt: Readonly<Record<string, string>> = {
  'core/sms-text.ts':
    'nothing follows the overlapping halves of an address, so they never fail; the other half begins once a word and its dots part it',
};

interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

function patternsOf(file: string, text: string): Pattern[] {
  const found: Pattern[] = [];
  const visit = (node: Node): void => {
    if (isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    forEachChild(node, visit);
  };
  visit(createSourceFile(file, text, ScriptTarget.Latest));
  return found;
}

function shippedPatterns(): Pattern[] {
  const root = projectRoot();
  const folders = readdirSync(root, { withFileTypes: true })
    .filter(each => each.isDirectory() && !each.name.startsWith('.') && !others.includes(each.name))
    .map(each => each.name);
  return folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(each => each.isFile() && /\.tsx?$/u.test(each.name) && !/\.test\.ts$/u.test(each.name))
      .flatMap(each => {
        const path = join(each.parentPath, each.name);
        return patternsOf(relative(root, path), readFileSync(path, 'utf8'));
      }),
  );
}

/**
 * Whether a repetition within a repetition can be cut in many ways, from one beginning. Properties of letters are read as one class
 * of letters.
 */
function isExponential({ source, flags }: Pattern): boolean {
  const plain = source.replace(/\\[pP]\{[^}]*\}/gu, '\\w');
  const nested = /\((?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)*\)[+*{]/u.test(plain);
  if (!nested) return false;
  try {
    const { safe, score } = isSafePattern(`^(?:${plain})$`, {
      unicode: flags.includes('u'),
      caseInsensitive: flags.includes('i'),
      maxSteps: 20_000,
      timeout: 2_000,
    });
    return !safe && score.infinite;
  } catch {
    return true;
  }
}

/** A run that must reach the end and is tried from each of its own signs: a long one that does not takes the square of its length. */
const takesTheSquare = ({ source }: Pattern): boolean =>
  !source.startsWith('(?<!') && /^(?:\[(?:[^\]\\]|\\.)+\]|\(.*\)|\\?.)[+*]\$$/u.test(source);

/** Written by the operator, or by us. */
const notFromOutside = [
  'channels/sms/index.ts',
  'channels/voice/index.ts',
  'server/config.ts',
  'cases/providers/http-system.ts',
];

describe('patterns of the product', () => {
  it('look for the end of a text from the beginning of a run only', () => {
    const found = shippedPatterns().filter(takesTheSquare);
    expect(found.filter(({ file }) => !notFromOutside.includes(file))).toEqual([]);
    expect(notFromOutside.filter(file => !found.some(each => each.file === file))).toEqual([]);
  });

  it.each([
    ['[)\\].,]+$', true],
    ['(?:a|b)+$', true],
    ['^a+$', false],
    ['(?<![.!])[.!]+$', false],
  ])('%s: %s', (source, expected) => {
    expect(takesTheSquare({ file: '', source, flags: '' })).toBe(expected);
  });

  it('the end of a text is found as without the look back, in time that grows with its length', () => {
    const words = 'ครับ|ค่ะ|คะ|นะ|จ้า|\\s';
    const plain = new RegExp(`(?:${words})+$`, 'iu');
    for (const text of ['เลิกนะคะ', 'เลิก ครับ', 'คะนะ', 'คะแนน', 'ค่ะขอถาม', '', 'นะคะ นะคะ x', 'จ้านะ  '])
      expect(text.replace(endingIn(words), '')).toBe(text.replace(plain, ''));
    // The square of this would be hours.
    expect(`${'คะ '.repeat(1_000_000)}x`.replace(endingIn(words), '')).toHaveLength(3_000_001);
  });

  it('cannot be sent back and forth without end by what somebody writes', () => {
    const patterns = shippedPatterns();
    expect(patterns.length).toBeGreaterThan(100);
    const found = patterns.filter(isExponential);
    expect(found.filter(({ file }) => !lookedAt[file])).toEqual([]);
    expect(
      Object.keys(lookedAt).filter(file => found.filter(each => each.file === file).length !== 1),
    ).toEqual([]);
  });

  it.each(['(a+)+$', '^(\\w+\\s?)*$', '(x*)*y'])('would be found if there were one: %s', source => {
    expect(isExponential({ file: '', source, flags: '' })).toBe(true);
  });

  it.each(['^a+$', '^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$', '(?:ab+c)+d'])(
    'would not be found for nothing: %s',
    source => {
      expect(isExponential({ file: '', source, flags: '' })).toBe(false);
    },
  );
});
