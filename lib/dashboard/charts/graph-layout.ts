import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';
import type { NeighbourhoodAnswer } from '../../core/api/flagged-purchases.ts';

export interface Member extends SimulationNodeDatum {
  readonly user: string;
  readonly degree: number;
  x: number;
  y: number;
}

export interface Friendship {
  readonly source: Member;
  readonly target: Member;
}

export interface Layout {
  /** The user themselves first, in the middle. */
  readonly members: readonly Member[];
  readonly friendships: readonly Friendship[];
}

// Angles this far apart never meet again: sunflowers do it.
const GOLDEN_ANGLE = 2.399963;
const MOST_TICKS = 240;
// Together a tenth of a second, also for hundreds of members.
const MOST_MOVES = 30_000;

/** Where to draw each member of a network; the same network is laid out the same again. */
export function layOut({ members, friendships }: NeighbourhoodAnswer): Layout {
  // On rings by degree to begin with: the forces then need little time.
  const placed = members.map(({ user, degree }, index): Member => {
    const angle = index * GOLDEN_ANGLE;
    return { user, degree, x: Math.cos(angle) * degree * 90, y: Math.sin(angle) * degree * 90 };
  });
  const links = friendships.flatMap(([from, to]) => {
    const source = placed[from];
    const target = placed[to];
    return source && target ? [{ source, target }] : [];
  });
  const [middle] = placed;
  if (middle !== undefined) Object.assign(middle, { fx: 0, fy: 0 });
  const isLarge = placed.length > 60;
  forceSimulation(placed)
    .force(
      'link',
      forceLink(links)
        .distance(isLarge ? 46 : 70)
        .strength(isLarge ? 0.25 : 0.5),
    )
    .force('apart', forceManyBody().strength(isLarge ? -110 : -260))
    .force('collide', forceCollide(isLarge ? 9 : 20))
    .force('x', forceX(0).strength(0.045))
    .force('y', forceY(0).strength(0.07))
    .stop()
    .tick(Math.min(MOST_TICKS, Math.ceil(MOST_MOVES / Math.max(1, placed.length))));
  return { members: placed, friendships: links };
}
