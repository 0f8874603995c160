import type { Level } from '@loghunter/engine/severity';
import { articleNumber, uuid } from './customers.ts';
import type { Moment, Visit } from './moment.ts';
import { clockTime } from './time-text.ts';

/** Writes lines as the cart's logger (.NET) does: a clock time and a three-letter level. */
function write(visit: Visit, level: Level, code: string, ...lines: readonly string[]): void {
  const [first = '', ...rest] = lines;
  visit.moment.write(
    'cart',
    visit.userId % 2,
    visit.atMs,
    level,
    `[${clockTime(visit.atMs)} ${code}] ${first}`,
    ...rest
  );
}

/** An article is put into the cart. */
export function addToCart(visit: Visit): void {
  const { random } = visit.moment;
  visit.atMs += random.latencyMs(9);
  write(
    visit,
    'info',
    'INF',
    `Cart ${uuid(random)} of user ${visit.userId}: added ${random.integer(1, 3)} x article ${articleNumber(random)}`
  );
  if (random.chance(0.004)) {
    logRedisTimeout(visit);
  }
}

/** The cart is read before the order is placed. */
export function readCart(visit: Visit): number {
  const { random } = visit.moment;
  visit.atMs += random.latencyMs(6);
  const itemCount = random.integer(1, 7);
  write(
    visit,
    'info',
    'INF',
    `Cart ${uuid(random)} of user ${visit.userId} loaded with ${itemCount} items in ${random.integer(2, 19)} ms`
  );
  return itemCount;
}

function logRedisTimeout(visit: Visit): void {
  const { random } = visit.moment;
  write(
    visit,
    'error',
    'ERR',
    `Could not save cart ${uuid(random)}, keeping it in memory`,
    `StackExchange.Redis.RedisTimeoutException: Timeout performing SETEX (5000ms), inst: ${random.integer(0, 9)}, qu: 0, qs: ${random.integer(1, 60)}, aw: False`,
    '   at StackExchange.Redis.ConnectionMultiplexer.ExecuteAsyncImpl[T](Message message, ResultProcessor`1 processor)',
    '   at Shop.Cart.Storage.RedisCartStore.SaveAsync(Cart cart, CancellationToken token) in /src/Storage/RedisCartStore.cs:line 71',
    '   at Shop.Cart.CartService.AddItemAsync(Guid cartId, CartItem item) in /src/CartService.cs:line 44'
  );
}

/** Carts that nobody came back to. */
export function dropOldCarts(moment: Moment): void {
  const { random } = moment;
  moment.write(
    'cart',
    0,
    moment.nowMs,
    'info',
    `[${clockTime(moment.nowMs)} INF] Expired ${random.integer(3, 90)} carts older than 14 days`
  );
}
