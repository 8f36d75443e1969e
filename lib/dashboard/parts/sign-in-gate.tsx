import type { ComponentChildren } from 'preact';
import { session, useSession } from '../sign-in/page-session.ts';
import type { SessionState } from '../sign-in/session.ts';
import { PageHead } from './page-head.tsx';

interface Obstacle {
  readonly title: string;
  readonly text: string;
  readonly button: string;
}

const OBSTACLES = {
  'signed out': {
    title: 'You are not signed in',
    text: 'What Flagstone has flagged is shown to whoever has an account. Ask the administrator of this system for one.',
    button: 'Sign in',
  },
  ended: {
    title: 'Your session has ended',
    text: 'Sign in again to go on: you come back to this page.',
    button: 'Sign in again',
  },
  failed: { title: 'Sign-in failed', text: '', button: 'Try again' },
} as const satisfies { readonly [Kind in SessionState['kind']]?: Obstacle };

/** The page for whoever may see it, and for everybody else why not, and what to do. */
export function SignInGate({ children }: { readonly children: ComponentChildren }) {
  const state = useSession();
  if (state.kind === 'open' || state.kind === 'signed in') return <>{children}</>;
  if (state.kind === 'starting') return <p role="status" aria-label="Signing in" />;
  const obstacle = OBSTACLES[state.kind];
  return <NotIn {...obstacle} text={state.kind === 'failed' ? state.reason : obstacle.text} />;
}

/** An alert, so that it is also read out to whoever was in the midst of something. */
function NotIn({ title, text, button }: Obstacle) {
  return (
    <div class="not-in" role="alert">
      <PageHead title={title}>
        <p>{text}</p>
      </PageHead>
      <button class="button" type="button" onClick={() => void session.signIn()}>
        {button}
      </button>
    </div>
  );
}
