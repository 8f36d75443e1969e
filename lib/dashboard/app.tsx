import { LocationProvider, Route, Router, lazy } from 'preact-iso';
import { Shell } from './parts/shell.tsx';
import { Overview } from './pages/overview.tsx';
import { NotFound } from './pages/not-found.tsx';

// Charts and graphs are loaded with the first page that draws them.
const Purchases = lazy(async () => (await import('./pages/purchases.tsx')).Purchases);
const Transactions = lazy(async () => (await import('./pages/transactions.tsx')).Transactions);
const User = lazy(async () => (await import('./pages/user.tsx')).User);
const Client = lazy(async () => (await import('./pages/client.tsx')).Client);

export function App() {
  return (
    <LocationProvider>
      <Shell>
        <Router>
          <Route path="/" component={Overview} />
          <Route path="/purchases" component={Purchases} />
          <Route path="/transactions" component={Transactions} />
          <Route path="/users/:id" component={User} />
          <Route path="/client/:id" component={Client} />
          <Route default component={NotFound} />
        </Router>
      </Shell>
    </LocationProvider>
  );
}
