// A rule's page: the few parts of Markdown that rule pages are written in.

import type { ComponentChildren } from 'preact';

function inline(text: string): ComponentChildren {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return <code>{part.slice(1, -1)}</code>;
    if (part.startsWith('**')) return <b>{part.slice(2, -2)}</b>;
    return part;
  });
}

interface Place {
  text: string;
  columns: number;
  rows: number;
}

/** Puts merged cells together: `<<` belongs to the cell before it, `^^` to the one above. */
function merged(rows: string[][]): (Place | null)[][] {
  const places: (Place | null)[][] = rows.map((row) => row.map((text) => ({ text, columns: 1, rows: 1 })));
  rows.forEach((row, y) =>
    row.forEach((text, x) => {
      if (text === '<<') {
        let from = x - 1;
        while (from >= 0 && row[from] === '<<') from -= 1;
        const place = places[y]![from];
        if (place) place.columns += 1;
        places[y]![x] = null;
      } else if (text === '^^') {
        let from = y - 1;
        while (from >= 0 && rows[from]![x] === '^^') from -= 1;
        const place = places[from]?.[x];
        if (place) place.rows += 1;
        places[y]![x] = null;
      }
    }),
  );
  return places;
}

function Table({ lines }: { lines: string[] }) {
  const rows = lines.map((line) => line.slice(1, line.lastIndexOf('|')).split('|').map((cell) => cell.trim()));
  const [head, , ...body] = rows;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="示例表">
      <table class="example">
        <thead>
          <tr>
            {head!.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        </thead>
        <tbody>
          {merged(body).map((row) => (
            <tr>
              {row.map(
                (place) =>
                  place && (
                    <td colSpan={place.columns} rowSpan={place.rows}>
                      {place.text}
                    </td>
                  ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Markdown({ text }: { text: string }) {
  const blocks = text.split(/\n{2,}/).map((block) => block.trim()).filter(Boolean);
  return (
    <>
      {blocks.map((block) => {
        const lines = block.split('\n');
        if (block.startsWith('# ')) return null;
        if (block.startsWith('## ')) return <h5>{inline(block.slice(3))}</h5>;
        if (block.startsWith('### ')) return <h6>{inline(block.slice(4))}</h6>;
        if (block.startsWith('|')) return <Table lines={lines} />;
        if (lines.every((line) => /^(-|\d+\.) |^ {2}/.test(line))) {
          return (
            <ul>
              {lines.map((line) => (
                <li>{inline(line.replace(/^\s*(-|\d+\.)\s+/, ''))}</li>
              ))}
            </ul>
          );
        }
        return <p>{inline(lines.join(''))}</p>;
      })}
    </>
  );
}
