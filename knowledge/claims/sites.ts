import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ClaimedSite, Knowledge, Localised } from '../../core';

const host = z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u);

const sitesSchema = z.strictObject({
  /** Endings that only offices of the state get. */
  officialEndings: z.array(host),
  /** Official sites with other endings, beside those that the register links to. */
  officialSites: z.array(
    z.strictObject({ host, owner: z.object({ th: z.string().min(1) }).catchall(z.string()) }),
  ),
  shorteners: z.array(host),
  /** Words that swindlers put into an address to look like the state. */
  stateWords: z.array(z.string().min(3)),
});

export type Sites = z.infer<typeof sitesSchema>;

export const loadSites = (dataFolder: string): Sites =>
  sitesSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'claims', 'sites.json'), 'utf8')));

/** What separates words in a message; Thai runs on into an address without a space. */
const between = /[\s\u0E00-\u0E7F"'<>(),;!]+/u;

/** Endings by which a word without a scheme is an address, so that "12.30" and "น.3" are none. */
const endings = new Set(
  (
    'th com net org gov info biz me ly ee co app gl gd cc link page site shop online io xyz asia top vip club live icu buzz cn tk ws ' +
    'id at gy de'
  ).split(' '),
);

/** The host of a word, if the word is a web address. */
function hostOf(word: string): string | undefined {
  const at = word.search(/https?:\/\/|www\./iu);
  const marked = at >= 0;
  const [authority = ''] = (marked ? word.slice(at) : word).replace(/^https?:\/\//iu, '').split(/[/?#]/u);
  // "user@host": behind a scheme it hides the host, without one it is a mailbox.
  if (!marked && authority.includes('@')) return undefined;
  const named = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/u, '');
  const labels = named
    .toLowerCase()
    .split('.')
    .filter(label => label !== '');
  const known = endings.has(labels.at(-1) ?? '') && labels.every(label => /^[a-z0-9-]+$/u.test(label));
  if (labels.length < 2 || !(marked || known)) return undefined;
  const host = labels.join('.');
  try {
    return new URL(`http://${host}`).hostname.replace(/^www\./u, '');
  } catch {
    return host;
  }
}

/** Hosts of the web addresses in a text as people forward it: with or without a scheme, with dots written out as "[.]". */
export function hostsIn(text: string): string[] {
  const plain = text.replace(/\[\.\]|\(\.\)|\s?\[dot\]\s?/giu, '.').replace(/hxxp/giu, 'http');
  return [...new Set(plain.split(between).flatMap(word => hostOf(word) ?? []))];
}

const below = (name: string, ending: string): boolean => name === ending || name.endsWith(`.${ending}`);

/** Letters that pass for others at a glance. */
const plainLetters = (text: string): string =>
  text
    .replace(/0/gu, 'o')
    .replace(/[1|]/gu, 'l')
    .replace(/3/gu, 'e')
    .replace(/5/gu, 's')
    .replace(/vv/gu, 'w')
    .replace(/rn/gu, 'm');

/** Whether two words differ by one letter put in, left out, changed or swapped with its neighbour. */
function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  const swapped = left.length === 2 && right.length === 2 && left === right.charAt(1) + right.charAt(0);
  return swapped || (left.length <= 1 && right.length <= 1);
}

/** Short names ("sso", "rd") stand in many words by chance; from here on a name speaks for itself. */
const tellingName = 4;

/** Says of a host what can be said of it without opening it. */
export function createSiteReader(
  sites: Sites,
  knowledge: () => Knowledge,
  ownHosts: readonly string[],
): (host: string) => ClaimedSite {
  interface Known {
    readonly host: string;
    readonly owner: Localised;
    /** The part that names it: `dlt` of `www.dlt.go.th`. */
    readonly name: string;
  }
  const nameOf = (site: string): string => {
    const ending = /\.(?:go|or|ac|co|in|mi|net)\.th$|\.[a-z]+$/u;
    return site.replace(ending, '').split('.').at(-1) ?? '';
  };
  const listed = new WeakMap<Knowledge, readonly Known[]>();
  function known(): readonly Known[] {
    const now = knowledge();
    const before = listed.get(now);
    if (before) return before;
    const linked = now
      .topics()
      .flatMap(topic => (topic.sites ?? []).map(host => ({ host, owner: topic.agency })));
    const all = [...sites.officialSites, ...linked].map(site => ({ ...site, name: nameOf(site.host) }));
    const unique = [...new Map(all.map(site => [site.host, site])).values()];
    listed.set(now, unique);
    return unique;
  }

  function imitated(host: string): Known | string | undefined {
    const words = plainLetters(host)
      .split(/[.-]/u)
      .filter(word => word !== '');
    const glued = plainLetters(host).replace(/[.-]/gu, '');
    const hasThai = words.some(word => /^(?:th|thai|thailand)$/u.test(word)) || /thai/u.test(glued);
    // "go.th" anywhere but at the end, "dlt-go-th.com", "sso.go.th.verify.cc", "g0.th".
    const ending = /(?:^|[.-])g[o0]-?[.-]?th(?:[.-]|$)/u.test(host.replace(/0/gu, 'o'));
    const site = known().find(({ name }) => {
      const plain = plainLetters(name);
      return (
        (words.includes(plain) && (plain.length >= tellingName || ending || hasThai)) ||
        (plain.length > tellingName && words.some(word => oneLetterApart(word, plain)))
      );
    });
    if (site) return site;
    if (ending) return sites.officialEndings[0];
    return sites.stateWords.find(word => glued.includes(word.replace(/-/gu, '')));
  }

  return host => {
    if (ownHosts.some(own => below(host, own))) return { host, kind: 'ours' };
    const official = known().find(site => below(host, site.host));
    if (official) return { host, kind: 'official', owner: official.owner };
    if (sites.officialEndings.some(ending => below(host, ending))) return { host, kind: 'official' };
    if (sites.shorteners.some(each => below(host, each))) return { host, kind: 'shortened' };
    // Letters of other alphabets that look like Latin ones come as "xn--".
    const like = host.includes('xn--') ? '' : imitated(host);
    if (like === undefined) return { host, kind: 'unknown' };
    return typeof like === 'string'
      ? { host, kind: 'look-alike' }
      : { host, kind: 'look-alike', like: like.host, owner: like.owner };
  };
}
