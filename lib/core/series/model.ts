import type { AspectPoint, AspectWindow } from './aspect-window.ts';

/**
 * How far a point is out of line with the window before it, in one aspect: at least 0, at most FARTHEST, and in units of
 * the model's own textbook limit, so that more than 1 is anomalous by the book. It changes nothing.
 */
export type Model = (window: AspectWindow, point: AspectPoint) => number;
