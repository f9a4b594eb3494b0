/**
 * Everything a scene can show. The tables are in objects/; this file gives them their sorts, their icons and their words.
 * Every object was looked at in the size in which it is drawn; what people could take for something else was left out.
 */
import type { PictureLanguage } from '../challenge.ts';
import { ICON_SHAPE } from './icons.ts';
import type { Row } from './objects/row.ts';
import * as tables from './objects/tables.ts';

export const SORTS = [
  'animal',
  'fruit',
  'food',
  'vehicle',
  'craft',
  'plant',
  'sky',
  'wear',
  'tool',
  'play',
  'home',
  'desk',
] as const;
export type Sort = (typeof SORTS)[number];

export interface SceneObject {
  /** Also the name of its icon. */
  readonly name: string;
  /** Of the circle around its middle that holds all its ink, in parts of its box's side. */
  readonly radius: number;
  /** Length of outlines in a given room: what it adds to the length of a file, nearly. */
  readonly weight: number;
  readonly sort: Sort;
  readonly alike: string;
  readonly clash: readonly string[];
  readonly countable: boolean;
  readonly typical: boolean;
  readonly tint: boolean;
  /** 一只猫, a cat */
  readonly one: Readonly<Record<PictureLanguage, string>>;
  /** 猫, cat: to follow 这只, "the" and the like */
  readonly noun: Readonly<Record<PictureLanguage, string>>;
  /** 只猫 (to follow 几), cats (to follow "How many") */
  readonly many: Readonly<Record<PictureLanguage, string>>;
}

const TABLES: Readonly<Record<Sort, readonly Row[]>> = {
  animal: tables.animals,
  fruit: tables.fruit,
  food: tables.food,
  vehicle: tables.vehicles,
  craft: tables.craft,
  plant: tables.plants,
  sky: tables.sky,
  wear: tables.wear,
  tool: tables.tools,
  play: tables.play,
  home: tables.home,
  desk: tables.desk,
};

export const OBJECTS: readonly SceneObject[] = SORTS.flatMap((sort) =>
  TABLES[sort].map(([name, measure, chinese, one, many, alike, extra = {}]): SceneObject => {
    const [radius, outline] = ICON_SHAPE.get(name)!;
    return {
      name,
      radius: radius / 1024,
      weight: outline / (512 + radius),
      sort,
      alike,
      clash: extra.clash?.split(' ') ?? [],
      countable: extra.count ?? true,
      typical: extra.typical ?? true,
      tint: extra.tint ?? false,
      one: { 'zh-CN': `一${measure}${chinese}`, en: one },
      noun: { 'zh-CN': chinese, en: one.replace(/^(an?|the) /, '') },
      many: { 'zh-CN': `${measure}${chinese}`, en: many },
    };
  }),
);

/** Whether people could argue about which of the two they see; an object clashes with itself. */
export function clashes(a: SceneObject, b: SceneObject): boolean {
  return a === b || a.clash.some((mark) => b.clash.includes(mark));
}
