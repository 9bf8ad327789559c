/** What is around the name that an image and its mask have in common. */
export interface Affix {
  readonly prefix: string;
  readonly suffix: string;
}

export interface Naming {
  readonly image: Affix;
  readonly mask: Affix;
}

/** `pat1/p0` of `pat1/p0_mask` with the suffix `_mask`; undefined where the stem is not so named. */
export function coreOf(stem: string, { prefix, suffix }: Affix): string | undefined {
  const start = stem.lastIndexOf("/") + 1;
  const name = stem.slice(start);
  const fits = name.length > prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
  return fits ? stem.slice(0, start) + name.slice(prefix.length, name.length - suffix.length) : undefined;
}

/** Images looked at for a rule: the rest is named alike, or no rule would help. */
const MOST_IMAGES = 200;
const MOST_MASKS = 2000;

/**
 * How images and masks seem to be named: the prefixes or suffixes by which most of them pair.
 * @param images Stems of images, @param masks of masks, both as in a listing.
 * @returns undefined where no rule pairs at least half of the images.
 */
export function guessNaming(images: readonly string[], masks: readonly string[]): Naming | undefined {
  const looked = images.slice(0, MOST_IMAGES);
  const there = new Set(masks);
  const rules = new Map<string, Naming>();
  for (const image of looked.slice(0, 3)) {
    for (const mask of masks.slice(0, MOST_MASKS)) {
      for (const rule of [bySuffix(image, mask), byPrefix(image, mask)]) {
        if (rule) rules.set(JSON.stringify(rule), rule);
      }
    }
  }
  let best: { rule: Naming; matched: number; length: number } | undefined;
  for (const rule of rules.values()) {
    const matched = looked.filter((image) => {
      const core = coreOf(image, rule.image);
      return core !== undefined && there.has(withAffix(core, rule.mask));
    }).length;
    const length = [rule.image, rule.mask].reduce((sum, each) => sum + each.prefix.length + each.suffix.length, 0);
    if (!best || matched > best.matched || (matched === best.matched && length < best.length)) {
      best = { rule, matched, length };
    }
  }
  return best && 2 * best.matched >= looked.length ? best.rule : undefined;
}

/**
 * The suffix of masks that are beside their images: `_mask` of p0, p0_mask, p1, p1_mask.
 * @returns undefined where less than half of the stems pair so.
 */
export function guessMaskSuffix(stems: readonly string[]): string | undefined {
  const looked = [...stems].sort().slice(0, 2 * MOST_IMAGES);
  const counts = new Map<string, number>();
  for (const [i, image] of looked.entries()) {
    for (const stem of looked.slice(i + 1, i + 4)) {
      const suffix = stem.slice(image.length);
      if (stem.startsWith(image) && /^[^0-9]/.test(suffix)) counts.set(suffix, (counts.get(suffix) ?? 0) + 1);
    }
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best && 4 * best[1] >= looked.length ? best[0] : undefined;
}

export function withAffix(core: string, { prefix, suffix }: Affix): string {
  const start = core.lastIndexOf("/") + 1;
  return core.slice(0, start) + prefix + core.slice(start) + suffix;
}

function bySuffix(image: string, mask: string): Naming | undefined {
  const same = wholeWords(image, mask);
  if (same <= image.lastIndexOf("/") + 1 || same <= mask.lastIndexOf("/") + 1) return undefined;
  return {
    image: { prefix: "", suffix: image.slice(same) },
    mask: { prefix: "", suffix: mask.slice(same) },
  };
}

function byPrefix(image: string, mask: string): Naming | undefined {
  const [a, b] = [image, mask].map((stem) => stem.slice(stem.lastIndexOf("/") + 1));
  const same = wholeWords(reversed(a), reversed(b));
  if (same === 0) return undefined;
  return {
    image: { prefix: a.slice(0, a.length - same), suffix: "" },
    mask: { prefix: b.slice(0, b.length - same), suffix: "" },
  };
}

/** How many characters two names begin alike with, cut at the end of a word: `p0` of p0_image and p0_img. */
function wholeWords(a: string, b: string): number {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  let cut = same;
  const letter = (character: string | undefined) => character !== undefined && /\p{L}/u.test(character);
  if (letter(a[cut]) && letter(b[cut])) while (cut > 0 && letter(a[cut - 1])) cut--;
  while (cut > 0 && /[_\-. ]/.test(a[cut - 1])) cut--;
  return cut === 0 ? same : cut;
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
