/** The WebSockets that API Gateway holds. */
export interface Connections {
  /** Sends a text; 'gone' where nobody listens any more. */
  post(connectionId: string, text: string): Promise<'sent' | 'gone'>;
  /** Closes one; nothing happens to one that is gone. */
  close(connectionId: string): Promise<void>;
}
