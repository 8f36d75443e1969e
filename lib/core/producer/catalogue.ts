/** What simulated users choose from. Weights say how common something is; amounts are in no currency. */

export interface Category {
  readonly name: string;
  readonly weight: number;
  /** What half of the purchases stay below. */
  readonly median: number;
  /** Standard deviation of the logarithm of the amount, for one user. */
  readonly spread: number;
  readonly merchants: readonly string[];
}

export const CATEGORIES: readonly Category[] = [
  { name: 'groceries', weight: 20, median: 38, spread: 0.5, merchants: ['Fresh Basket', 'Green Corner', 'Marktkauf'] },
  {
    name: 'restaurants',
    weight: 12,
    median: 27,
    spread: 0.5,
    merchants: ['Blue Plate', 'Trattoria Roma', 'Noodle Bar'],
  },
  { name: 'transport', weight: 11, median: 9, spread: 0.5, merchants: ['City Lines', 'Rail One', 'Quick Cab'] },
  { name: 'fuel', weight: 9, median: 52, spread: 0.3, merchants: ['North Oil', 'Sun Petrol', 'Rapid Fuel'] },
  { name: 'clothing', weight: 7, median: 55, spread: 0.6, merchants: ['Loom and Thread', 'Urban Fit', 'Shoe House'] },
  {
    name: 'household',
    weight: 6,
    median: 45,
    spread: 0.6,
    merchants: ['Home Depot 24', 'Lamp and Chair', 'Tool Shed'],
  },
  { name: 'pharmacy', weight: 6, median: 18, spread: 0.5, merchants: ['Lion Pharmacy', 'Health Plus', 'Apotek'] },
  { name: 'streaming', weight: 5, median: 12, spread: 0.2, merchants: ['Cinema Box', 'Tune Cloud', 'Play Pass'] },
  { name: 'telephone', weight: 5, median: 30, spread: 0.25, merchants: ['Telenord', 'Voice Direct', 'Nettel'] },
  { name: 'sport', weight: 4, median: 40, spread: 0.5, merchants: ['Peak Outdoors', 'Gym Central', 'Ball and Net'] },
  { name: 'books', weight: 4, median: 22, spread: 0.5, merchants: ['Paper Trail', 'Reading Room', 'Old Town Books'] },
  { name: 'electronics', weight: 3, median: 140, spread: 0.7, merchants: ['Circuit City', 'Pixel Store', 'Volt'] },
  { name: 'travel', weight: 3, median: 210, spread: 0.6, merchants: ['Far Away', 'Sky Fares', 'Hotel Desk'] },
  { name: 'jewellery', weight: 1, median: 190, spread: 0.7, merchants: ['Gold Lane', 'Silver and Stone', 'Carat'] },
  { name: 'gambling', weight: 1, median: 35, spread: 0.8, merchants: ['Lucky Seven', 'Bet Now', 'Grand Casino'] },
  { name: 'gift_cards', weight: 1, median: 50, spread: 0.5, merchants: ['Card Kiosk', 'Gift Point', 'Voucher Shop'] },
];

/** By ISO 3166, with the countries that are travelled to from there. */
export const COUNTRIES = [
  { name: 'DE', weight: 10, near: ['AT', 'NL', 'FR', 'PL', 'CH'] },
  { name: 'FR', weight: 8, near: ['ES', 'BE', 'DE', 'IT', 'CH'] },
  { name: 'GB', weight: 8, near: ['IE', 'FR', 'ES', 'US'] },
  { name: 'US', weight: 8, near: ['CA', 'MX', 'GB'] },
  { name: 'IT', weight: 6, near: ['FR', 'CH', 'AT', 'ES'] },
  { name: 'ES', weight: 6, near: ['PT', 'FR', 'GB'] },
  { name: 'PL', weight: 5, near: ['DE', 'CZ', 'GB'] },
  { name: 'NL', weight: 4, near: ['BE', 'DE', 'GB'] },
  { name: 'BE', weight: 3, near: ['NL', 'FR', 'DE'] },
  { name: 'AT', weight: 3, near: ['DE', 'IT', 'CZ'] },
  { name: 'CH', weight: 3, near: ['DE', 'FR', 'IT', 'AT'] },
  { name: 'CZ', weight: 3, near: ['DE', 'AT', 'PL'] },
  { name: 'PT', weight: 3, near: ['ES', 'FR'] },
  { name: 'IE', weight: 2, near: ['GB', 'US', 'ES'] },
  { name: 'CA', weight: 2, near: ['US', 'GB'] },
  { name: 'MX', weight: 2, near: ['US', 'ES'] },
  { name: 'BR', weight: 2, near: ['PT', 'US'] },
  { name: 'JP', weight: 2, near: ['US', 'SG'] },
  { name: 'SG', weight: 1, near: ['JP', 'AU'] },
  { name: 'AU', weight: 1, near: ['SG', 'GB'] },
  { name: 'ZA', weight: 1, near: ['GB', 'AU'] },
  { name: 'NG', weight: 1, near: ['GB', 'ZA'] },
] as const;

export const PAYMENT_METHODS = [
  { name: 'debit_card', weight: 10 },
  { name: 'credit_card', weight: 9 },
  { name: 'mobile_wallet', weight: 6 },
  { name: 'online_wallet', weight: 5 },
  { name: 'bank_transfer', weight: 2 },
  { name: 'prepaid_card', weight: 1 },
  { name: 'crypto', weight: 0.5 },
] as const;

export const DEVICES = ['phone', 'laptop', 'tablet', 'terminal'] as const;
