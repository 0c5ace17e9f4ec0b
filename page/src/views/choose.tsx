// A button that opens the browser's file dialog: its own words would be in the browser's language.

import { useRef } from 'preact/hooks';
import { chosen, type Given } from '../files/given';

interface Props {
  label: string;
  kind?: 'main' | 'quiet';
  folder?: boolean;
  single?: boolean;
  accept?: string;
  id?: string;
  onGiven: (files: Given[]) => void;
}

export function Choose({ label, kind, folder, single, accept, id, onGiven }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={kind ?? ''} onClick={() => input.current!.click()}>
        {label}
      </button>
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        multiple={!single}
        accept={accept}
        aria-label={label}
        {...(folder ? { webkitdirectory: true } : {})}
        onChange={(event) => onGiven(chosen(event.currentTarget))}
      />
    </>
  );
}
