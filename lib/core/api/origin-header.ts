/** By what CloudFront tells the APIs behind it that a request has come through it. What a viewer sends of this name, it replaces. */
export const ORIGIN_HEADER = 'x-flagstone-origin';
