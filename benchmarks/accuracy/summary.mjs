import {
  bootstrapInterval,
  holm,
  meanOf,
  wilcoxonSignedRank,
} from "../../packages/plugins-metrics/dist/statistics/index.js";
import { rungs } from "./rungs.mjs";

const scoreOf = ({ dice, iou }) => (dice + iou) / 2;
const distinct = (values) => [...new Set(values)];

/** A row a rung, profile, scanner and seed; `all` is the mean over patches of all scanners. */
export function summaryRows(patches) {
  const groups = distinct(patches.map(({ rung, profile, seed }) => JSON.stringify([rung, profile, seed])));
  return groups.flatMap((text) => {
    const [rung, profile, seed] = JSON.parse(text);
    const own = patches.filter((each) => each.rung === rung && each.profile === profile && each.seed === seed);
    const pipeline = rungs.find(({ name }) => name === rung)?.pipeline ?? "";
    const scanners = distinct(own.map(({ scanner }) => scanner)).sort();
    return [...scanners, "all"].map((scanner) => {
      const of = scanner === "all" ? own : own.filter((each) => each.scanner === scanner);
      const mean = (value) => Number(meanOf(of.map(value)).toFixed(4));
      const dice = mean((each) => each.dice);
      const iou = mean((each) => each.iou);
      const [{ minutes, memoryMiB, batches, engine }] = of;
      return {
        rung,
        pipeline,
        profile,
        scanner,
        seed,
        score: mean(scoreOf),
        dice,
        iou,
        minutes,
        memoryMiB,
        batches,
        engine,
      };
    });
  });
}

/** Each rung beside the one that it differs from in one thing: difference of the mean over patches, interval, p. */
export function comparisons(patches) {
  const found = rungs.flatMap(({ name, than }) => {
    if (than === undefined) return [];
    const [own, other] = [name, than].map((rung) => patches.filter((each) => each.rung === rung));
    const keyOf = ({ profile, seed, id }) => [profile, seed, id].join("/");
    const known = new Map(other.map((each) => [keyOf(each), scoreOf(each)]));
    const pairs = own.filter((each) => known.has(keyOf(each)));
    if (pairs.length === 0) return [];
    // Several seeds of a patch are no independent cases: their mean is one.
    const differences = distinct(pairs.map(({ id }) => id)).map((id) =>
      meanOf(pairs.filter((each) => each.id === id).map((each) => scoreOf(each) - known.get(keyOf(each)))),
    );
    const seeds = distinct(pairs.map(({ seed }) => seed)).length;
    const { low, high } = bootstrapInterval(differences, { seed: 1 });
    const { p } = wilcoxonSignedRank(differences);
    return [{ rung: name, than, seeds, patches: differences.length, difference: meanOf(differences), low, high, p }];
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((each, i) => ({ ...each, holm: adjusted[i] }));
}

const number = (value, digits = 3) => (Number.isFinite(value) ? value.toFixed(digits) : "–");

/** The page of results: the ladder, and what each change gives. */
export function resultsPage(rows, compared) {
  const scanners = distinct(rows.map(({ scanner }) => scanner))
    .filter((each) => each !== "all")
    .sort();
  const groups = rows.filter(({ scanner }) => scanner === "all");
  const ladder = groups.map(({ rung, profile, seed, score, minutes, batches, engine }) => {
    const what = rungs.find(({ name }) => name === rung)?.what ?? "";
    const by = scanners.map((scanner) => {
      const own = rows.find(
        (each) => each.rung === rung && each.profile === profile && each.seed === seed && each.scanner === scanner,
      );
      return number(own?.score);
    });
    return `| ${rung} | ${what} | ${profile} | ${seed} | ${number(score)} | ${by.join(" | ")} | ${batches} | ${number(minutes, 0)} | ${engine} |`;
  });
  const changes = compared.map(
    ({ rung, than, seeds, patches, difference, low, high, p, holm: adjusted }) =>
      `| ${rung} | ${than} | ${number(difference)} (${number(low)} … ${number(high)}) | ${number(p)} | ${number(adjusted)} | ${patches} | ${seeds} |`,
  );
  return `# Results

Every figure here is of patches whose scanner the model has not seen: each of the three scanners of a quarter-scale COSAS 2024
(60 patches a scanner) is kept out of training in turn. The score is the challenge's, the mean over patches of
(Dice + IoU) / 2, at the size on file. Settings come from validation patches of the other two scanners. Written by
\`pnpm bench:accuracy\` from \`benchmarks/results/accuracy-patches.csv\`; ${groups.length} runs of ${distinct(groups.map(({ rung }) => rung)).length} rungs were tried.

| rung | what | profile | seed | score | ${scanners.join(" | ")} | batches a model | minutes a model | engine |
|---|---|---|---|---|${scanners.map(() => "---").join("|")}|---|---|---|
${ladder.join("\n")}

## What each change gives

The mean difference over patches with its 95 % interval (bootstrap), Wilcoxon's signed-rank test, and Holm's correction for
all comparisons of the table. One seed is no finding.

| rung | beside | difference (95 %) | p | Holm | patches | seeds |
|---|---|---|---|---|---|---|
${changes.join("\n") || "| – | – | – | – | – | – | – |"}
`;
}
