/**
 * Sine and cosine from + − · / alone. `Math.sin` may differ in its last bits between engines, and a picture must not:
 * everything that decides where something is drawn comes here. Errors stay below 1e-12.
 */

/** Taylor series about 0; |x| ≤ π/4. */
function sinSmall(x: number): number {
  const q = x * x;
  return (
    x *
    (1 -
      (q / 6) *
        (1 - (q / 20) * (1 - (q / 42) * (1 - (q / 72) * (1 - (q / 110) * (1 - (q / 156) * (1 - q / 210)))))))
  );
}

function cosSmall(x: number): number {
  const q = x * x;
  return (
    1 -
    (q / 2) *
      (1 - (q / 12) * (1 - (q / 30) * (1 - (q / 56) * (1 - (q / 90) * (1 - (q / 132) * (1 - q / 182))))))
  );
}

const EIGHTH = Math.PI / 4;

/** The sine of an angle in turns (1 = a full circle). */
export function sinTurns(turns: number): number {
  const t = turns - Math.floor(turns);
  const octant = Math.floor(t * 8);
  const x = (t * 8 - octant) * EIGHTH;
  const back = EIGHTH - x;
  if (octant === 0) return sinSmall(x);
  if (octant === 1) return cosSmall(back);
  if (octant === 2) return cosSmall(x);
  if (octant === 3) return sinSmall(back);
  if (octant === 4) return -sinSmall(x);
  if (octant === 5) return -cosSmall(back);
  if (octant === 6) return -cosSmall(x);
  return -sinSmall(back);
}

export function cosTurns(turns: number): number {
  return sinTurns(turns + 0.25);
}

const TURN = 1 / (2 * Math.PI);

/** The sine of an angle in radians. */
export function sin(radians: number): number {
  return sinTurns(radians * TURN);
}

/** The cosine of an angle in radians. */
export function cos(radians: number): number {
  return sinTurns(radians * TURN + 0.25);
}
