// A list of which only the rows in sight are drawn, by @tanstack/virtual-core; all of them for the printer.

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';

export interface Window {
  items: { index: number; start: number }[];
  before: number;
  after: number;
  show: (index: number) => void;
}

/** Lists up to this length are drawn whole: find-in-page then sees all of them. */
const SHORT = 150;
const BEYOND = 12;

function whole(count: number): Window['items'] {
  return Array.from({ length: count }, (_, index) => ({ index, start: 0 }));
}

/** Returns which rows to draw, each of one height, and the room before and after them. */
export function useWindow(count: number, height: number, scroller: RefObject<HTMLElement | null>): Window {
  const [, draw] = useReducer((number: number) => number + 1, 0);
  const [isPrinted, setPrinted] = useState(false);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: BEYOND,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => draw(undefined as never),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, Element>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useEffect(() => {
    const before = () => setPrinted(true);
    const after = () => setPrinted(false);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  const show = (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' });
  if (count <= SHORT || isPrinted) return { items: whole(count), before: 0, after: 0, show };
  const items = virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start }));
  const last = items[items.length - 1];
  return {
    items,
    before: items[0]?.start ?? 0,
    after: last ? virtualizer.getTotalSize() - last.start - height : 0,
    show,
  };
}
