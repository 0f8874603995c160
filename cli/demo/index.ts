export { generateLive, generateShop } from './shop/shop.ts';
export type { LiveShop, ShopRequest } from './shop/shop.ts';
export { createTimeline } from './shop/timeline.ts';
export type { Timeline } from './shop/timeline.ts';
