import { LocationProvider, Route, Router, lazy } from 'preact-iso';
import { Shell } from './parts/shell.tsx';
import { Overview } from './pages/overview.tsx';
import { NotFound } from './pages/not-found.tsx';

// Charts and graphs are loaded with the first page that draws them, or while nothing else is to be done.
const loadPurchases = async () => (await import('./pages/purchases.tsx')).Purchases;
const loadTransactions = async () => (await import('./pages/transactions.tsx')).Transactions;
const loadUser = async () => (await import('./pages/user.tsx')).User;
const loadClients = async () => (await import('./pages/clients.tsx')).Clients;
const loadClient = async () => (await import('./pages/client.tsx')).Client;

const Purchases = lazy(loadPurchases);
const Transactions = lazy(loadTransactions);
const User = lazy(loadUser);
const Clients = lazy(loadClients);
const Client = lazy(loadClient);

const IDLE_AFTER = 3000;

/** Loads what the other pages need, so that they open at once. */
export function preloadPages(): void {
  const loads = [loadPurchases, loadTransactions, loadUser, loadClients, loadClient];
  // What fails here is loaded again when it is needed.
  setTimeout(() => void Promise.allSettled(loads.map((load) => load())), IDLE_AFTER);
}

export function App() {
  return (
    <LocationProvider>
      <Shell>
        <Router>
          <Route path="/" component={Overview} />
          <Route path="/purchases" component={Purchases} />
          <Route path="/transactions" component={Transactions} />
          <Route path="/users/:id" component={User} />
          <Route path="/clients" component={Clients} />
          <Route path="/client/:id" component={Client} />
          <Route default component={NotFound} />
        </Router>
      </Shell>
    </LocationProvider>
  );
}
