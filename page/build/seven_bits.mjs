// Bytes as text of a page, seven bits a letter: an eighth longer than the bytes, where base64 is a third longer.

/** What a parser of HTML would change or take for more than text stands 128 higher: NUL, the line ends and `<`. */
const MOVED = new Set([0, 10, 13, 60]);

const lettersOf = Array.from({ length: 128 }, (_, bits) => String.fromCharCode(MOVED.has(bits) ? bits + 128 : bits));

/** Returns bytes as letters, read back by page/src/engine/load.ts. */
export function written(bytes) {
  const letters = [];
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    count += 8;
    while (count >= 7) {
      count -= 7;
      letters.push(lettersOf[(held >> count) & 127]);
    }
    held &= (1 << count) - 1;
  }
  if (count > 0) letters.push(lettersOf[(held << (7 - count)) & 127]);
  return letters.join('');
}
