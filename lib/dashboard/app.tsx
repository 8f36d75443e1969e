import { LocationProvider, Route, Router, lazy } from 'preact-iso';
import { Shell } from './parts/shell.tsx';
import { SignInGate } from './parts/sign-in-gate.tsx';
import { Overview } from './pages/overview.tsx';
import { Clients } from './pages/clients.tsx';
import { NotFound } from './pages/not-found.tsx';
import { Transactions } from './pages/transactions.tsx';
import { User } from './pages/user.tsx';

// Charts and graphs are loaded with the first page that draws them, or while nothing else is to be done.
const loadPurchases = async () => (await import('./pages/purchases.tsx')).Purchases;
const loadClient = async () => (await import('./pages/client.tsx')).Client;

const Purchases = lazy(loadPurchases);
const Client = lazy(loadClient);

const IDLE_AFTER = 3000;

/** Loads what the other pages need, so that these open at once. */
export function preloadPages(): void {
  // What fails here is loaded again when it is needed.
  setTimeout(() => void Promise.allSettled([loadPurchases(), loadClient()]), IDLE_AFTER);
}

export function App() {
  return (
    <LocationProvider>
      <Shell>
        <SignInGate>
          <Router>
            <Route path="/" component={Overview} />
            <Route path="/purchases" component={Purchases} />
            <Route path="/transactions" component={Transactions} />
            <Route path="/users/:id" component={User} />
            <Route path="/clients" component={Clients} />
            <Route path="/client/:id" component={Client} />
            <Route default component={NotFound} />
          </Router>
        </SignInGate>
      </Shell>
    </LocationProvider>
  );
}
