// A sheet as the module drew it, its cells and the findings leading to each other.

import { useEffect, useRef } from 'preact/hooks';

export interface SheetPicture {
  sheet: string;
  is_hidden: boolean;
  picture: string;
  account: string;
  tables: number[];
}

/** Scrolls the sheet alone, and only as far as needed: the page stays where it is. */
function bringIntoSight(sheet: HTMLElement, cell: HTMLElement): void {
  const frame = sheet.getBoundingClientRect();
  const place = cell.getBoundingClientRect();
  // Row numbers and column letters stay in sight and cover what is below them.
  const margin = 48;
  if (place.top < frame.top + margin || place.bottom > frame.bottom - margin) {
    sheet.scrollTop += place.top - frame.top - (frame.height - place.height) / 2;
  }
  if (place.left < frame.left + margin || place.right > frame.right) {
    sheet.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
  }
}

interface Props {
  sheet: SheetPicture;
  /** Whether cells say what they were taken for. */
  isRead: boolean;
  /** The finding chosen: table and number. */
  chosen: string | undefined;
  /** The cell that is pointed at. */
  cell: string | undefined;
  onChoose: (mark: string) => void;
}

function marksOf(cell: Element): string[] {
  return (cell.getAttribute('data-findings') ?? '').split(' ');
}

/** All that came from a file is escaped in the picture: it is the one text that is taken for HTML. */
export function Sheet({ sheet, isRead, chosen, cell, onChoose }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const found of Array.from(ref.current!.querySelectorAll<HTMLElement>('td[data-findings]'))) {
      found.tabIndex = 0;
      found.setAttribute('aria-label', `${found.dataset.cell}，有 ${marksOf(found).length} 处问题：${found.textContent}`);
    }
  }, [sheet]);
  useEffect(() => {
    const cells = Array.from(ref.current!.querySelectorAll<HTMLElement>('td[data-findings]'));
    for (const found of cells) {
      found.classList.toggle('chosen', chosen !== undefined && marksOf(found).includes(chosen));
      found.classList.toggle('pointed', found.dataset.cell === cell);
    }
    const target = cells.find((found) => found.dataset.cell === cell);
    if (target) bringIntoSight(ref.current!, target);
  }, [sheet, chosen, cell]);
  const choose = (event: Event) => {
    const found = (event.target as Element).closest('td[data-findings]');
    if (!found) return;
    const marks = marksOf(found);
    // A further press goes on to the next finding of the cell.
    const next = chosen ? (marks.indexOf(chosen) + 1) % marks.length : 0;
    onChoose(marks[next]!);
  };
  return (
    <div
      ref={ref}
      class={`scroll sheet${isRead ? ' is-read' : ''}`}
      tabIndex={0}
      role="region"
      aria-label={`工作表“${sheet.sheet}”`}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          if ((event.target as Element).closest('td[data-findings]')) event.preventDefault();
          choose(event);
        }
      }}
      dangerouslySetInnerHTML={{ __html: sheet.picture }}
    />
  );
}
