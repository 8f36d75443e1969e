import * as z from 'zod/mini';

/** For so long a page can connect with a ticket, in seconds. */
export const TICKET_SECONDS = 60;

/** What lets a page connect to the WebSocket, once: browsers can send it no header. */
export const liveTicket = z.object({
  /** For the query parameter `ticket` of the address. */
  ticket: z.string(),
  /** Seconds. */
  expires_in: z.number(),
});

/** 256 random bits in base64url. */
const TICKET = /^[\w-]{43}$/;

/** Whether a text can be a ticket at all, so that nothing need be asked about most of what is none. */
export function isTicket(given: string | undefined): given is string {
  return given !== undefined && TICKET.test(given);
}
