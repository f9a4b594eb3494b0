/**
 * Proof that a draft has one right answer and can be seen to have it: from the scene graph alone, without looking at what the
 * family meant. A draft that fails is thrown away and drawn anew, so nothing unproven is ever issued.
 */
import type { Claim, Draft, Item } from './graph.ts';
import { type Plan, planOf, SCENE } from './layout.ts';
import { clashes } from './objects.ts';

/** Icons below this many pixels are not recognised on a telephone. */
export const SMALLEST = 40;

/** Undefined when the draft holds; else what is wrong with it. `overlap`: see levels.ts. */
export function flaw(draft: Draft, overlap: number): string | undefined {
  return (
    flawInOptions(draft) ??
    flawInWords(draft) ??
    flawInView(draft.items, overlap, planOf(draft).scene) ??
    draft.drawing?.flaw(draft.items)
  );
}

function isTrue(claim: Claim, { items, drawing }: Draft): boolean {
  if (claim.says === 'one' || claim.says === 'named') {
    const shown = items.filter((item) => item.object === claim.object);
    return shown.length === 1 && drawing !== undefined && drawing.holds(shown[0]!);
  }
  if (claim.says === 'panel') return drawing?.holdsPanel?.(claim.panel) ?? false;
  if (claim.says === 'count')
    return items.filter((item) => claim.subject.holds(item.object)).length === claim.number;
  return items.some((item) => item.object === claim.object) === (claim.says === 'there');
}

function flawInOptions(draft: Draft): string | undefined {
  const { claims, right } = draft;
  if (claims.length !== 4) return `${claims.length} options`;
  const truths = claims.map((claim) => isTrue(claim, draft));
  if (truths.filter(Boolean).length !== 1) return `right options: ${truths.filter(Boolean).length}`;
  if (!truths[right]) return 'another option is right';
  return undefined;
}

/** No two things in question, and nothing in the scene, may go by one name. */
function flawInWords({ claims, items }: Draft): string | undefined {
  const asked = claims.flatMap((claim) => ('object' in claim ? [claim.object] : []));
  for (const [i, object] of asked.entries()) {
    if (asked.some((other, j) => j > i && clashes(object, other))) return `options clash: ${object.name}`;
    if (items.some((item) => item.object !== object && clashes(item.object, object)))
      return `something in the scene could be ${object.name}`;
  }
  const subject = claims.find((claim) => claim.says === 'count')?.subject;
  if (!subject) return undefined;
  const counted = items.filter((item) => subject.holds(item.object)).map((item) => item.object);
  const rest = items.filter((item) => !subject.holds(item.object)).map((item) => item.object);
  const doubt = rest.find((object) => counted.some((other) => clashes(object, other)));
  return doubt && `${doubt.name} could be counted`;
}

/** Everything lies in the scene, is large enough, and hides little of anything else. */
export function flawInView(
  items: readonly Item[],
  overlap: number,
  scene: Plan['scene'] = SCENE,
): string | undefined {
  for (const [i, a] of items.entries()) {
    const reach = a.object.radius * a.size;
    const outside =
      a.x - reach < scene.left ||
      a.x + reach > scene.right ||
      a.y - reach < scene.top ||
      a.y + reach > scene.bottom;
    if (outside) return `${a.object.name} leaves the scene`;
    if (a.size < SMALLEST) return `${a.object.name} is too small`;
    for (let j = i + 1; j < items.length; j++) {
      const b = items[j]!;
      const near = (reach + b.object.radius * b.size) * (1 - overlap);
      if ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) < near * near)
        return `${a.object.name} and ${b.object.name} overlap`;
    }
  }
  return undefined;
}
