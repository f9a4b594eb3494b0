/**
 * What a function rarely serves and never draws with: the widget and the OpenAPI document, read from files beside the code when they are
 * asked for. infra/build/bundle.ts lays them there.
 */
import { readFileSync } from 'node:fs';
import type { WidgetFiles } from '../../lib/http/widget-routes.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../lib/${name}`, import.meta.url), 'utf8'));

let widget: WidgetFiles | undefined;
const built = (): WidgetFiles => {
  widget ??= read('widget/built.json') as WidgetFiles;
  return widget;
};

export const WIDGET: WidgetFiles = {
  get etag() {
    return built().etag;
  },
  get script() {
    return built().script;
  },
  get element() {
    return built().element;
  },
  get files() {
    return built().files;
  },
};

/** Read when it is written out. */
export const OPENAPI = { toJSON: () => read('http/openapi.json') as object };
