/** A small trained net: one hidden layer, one softmax a position, plain stochastic gradient descent. */
import { seededRandom } from '../../../lib/util/random.ts';

export interface Net {
  predict(input: Float32Array): number[];
}

export function trainNet(
  inputs: readonly Float32Array[],
  labels: readonly (readonly number[])[],
  {
    classes,
    hidden = 48,
    epochs = 6,
    rate = 0.05,
  }: { classes: number; hidden?: number; epochs?: number; rate?: number },
): Net {
  const random = seededRandom('net', 'weights');
  const size = inputs[0]!.length;
  const heads = labels[0]!.length;
  const weights = (count: number, fan: number) =>
    Float32Array.from({ length: count }, () => (random.unit() - 0.5) * Math.sqrt(12 / fan));
  const first = weights(hidden * size, size);
  const second = weights(heads * classes * hidden, hidden);
  const bias = new Float32Array(hidden);
  const inner = new Float32Array(hidden);
  const out = new Float32Array(heads * classes);

  const forward = (input: Float32Array) => {
    for (let h = 0; h < hidden; h++) {
      let sum = bias[h]!;
      const row = h * size;
      for (let i = 0; i < size; i++) sum += first[row + i]! * input[i]!;
      inner[h] = sum > 0 ? sum : 0.05 * sum;
    }
    for (let head = 0; head < heads; head++) {
      let total = 0;
      for (let c = 0; c < classes; c++) {
        const k = head * classes + c;
        let sum = 0;
        for (let h = 0; h < hidden; h++) sum += second[k * hidden + h]! * inner[h]!;
        out[k] = Math.exp(Math.min(30, sum));
        total += out[k]!;
      }
      for (let c = 0; c < classes; c++) out[head * classes + c]! /= total;
    }
  };

  const back = new Float32Array(hidden);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const step = rate / (1 + epoch);
    for (const n of random.shuffle(inputs.map((_, i) => i))) {
      const input = inputs[n]!;
      forward(input);
      back.fill(0);
      for (let head = 0; head < heads; head++)
        for (let c = 0; c < classes; c++) {
          const k = head * classes + c;
          const error = out[k]! - (labels[n]![head] === c ? 1 : 0);
          for (let h = 0; h < hidden; h++) {
            back[h]! += error * second[k * hidden + h]!;
            second[k * hidden + h]! -= step * error * inner[h]!;
          }
        }
      for (let h = 0; h < hidden; h++) {
        const slope = back[h]! * (inner[h]! > 0 ? 1 : 0.05) * step;
        bias[h]! -= slope;
        const row = h * size;
        for (let i = 0; i < size; i++) first[row + i]! -= slope * input[i]!;
      }
    }
  }
  return {
    predict(input) {
      forward(input);
      return Array.from({ length: heads }, (_, head) => {
        const share = out.subarray(head * classes, (head + 1) * classes);
        return share.indexOf(Math.max(...share));
      });
    },
  };
}
