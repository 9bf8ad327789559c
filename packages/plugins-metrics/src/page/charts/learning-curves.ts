import type { TrainedModel } from "@eosin/plugin-api/learning";
import { palette, renderSvg } from "./render-svg.js";

export interface NamedModel {
  readonly name: string;
  readonly model: TrainedModel;
}

/** Training and validation loss by epoch, a colour each model; a dot marks the epoch whose weights were kept. */
export function lossCurves(models: readonly NamedModel[]): string {
  return curves(
    models,
    "loss",
    (record) => record.train.loss,
    (record) => record.validation.loss,
  );
}

/** Validation Dice by epoch. */
export function diceCurves(models: readonly NamedModel[]): string {
  return curves(models, "validation Dice", undefined, (record) => record.validation.dice);
}

type Pick = (record: TrainedModel["history"][number]) => number;

function curves(models: readonly NamedModel[], title: string, train: Pick | undefined, validation: Pick): string {
  const series = models.flatMap(({ name, model }, i) => {
    const color = palette[i % palette.length];
    const points = (pick: Pick) => model.history.map((record) => [record.epoch, pick(record)]);
    const best = model.history.find((record) => record.epoch === model.bestEpoch);
    return [
      ...(train ? [line(`${name}, training`, points(train), color, "dashed")] : []),
      line(train ? `${name}, validation` : name, points(validation), color, "solid"),
      ...(best
        ? [
            {
              type: "scatter",
              data: [[best.epoch, validation(best)]],
              symbolSize: 9,
              itemStyle: { color },
              silent: true,
            },
          ]
        : []),
    ];
  });
  return renderSvg(
    train ? "loss" : "dice",
    {
      title: { text: title, left: 8, top: 4, textStyle: { fontSize: 13 } },
      legend: {
        top: 28,
        left: 48,
        right: 16,
        itemGap: 14,
        textStyle: { fontSize: 11 },
        itemWidth: 22,
        icon: "rect",
        itemHeight: 3,
      },
      grid: { left: 52, right: 16, top: 38 + 22 * Math.ceil((models.length * (train ? 2 : 1)) / 3), bottom: 40 },
      xAxis: {
        type: "value",
        name: "epoch",
        nameLocation: "middle",
        nameGap: 24,
        minInterval: 1,
        min: 1,
        max: "dataMax",
      },
      yAxis: { type: "value", scale: true },
      series,
    },
    { width: 520, height: 340 },
  );
}

function line(name: string, data: number[][], color: string, type: "solid" | "dashed") {
  return {
    name,
    type: "line",
    data,
    showSymbol: data.length < 3,
    lineStyle: { type, color, width: 1.6 },
    itemStyle: { color },
  };
}
