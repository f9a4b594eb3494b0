/** All tables of objects. An icon's number is its place in them, in this order. */
export { animals } from './animals.ts';
export { food, fruit } from './food.ts';
export { craft, plants, sky, vehicles } from './outdoors.ts';
export { desk, home, play, tools, wear } from './things.ts';
