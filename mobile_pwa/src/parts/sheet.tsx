// A dialog over the page that must be read or answered first. Esc closes it, focus goes back.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

type Props = {
  title: string;
  full?: boolean;
  onClose: () => void;
  foot: ComponentChildren;
  children: ComponentChildren;
};

export function Sheet({ title, full = false, onClose, foot, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opened = dialog.current;
    if (opened && !opened.open) opened.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={full ? "sheet full" : "sheet"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="sheet-in">
        <h2 id={id} class="q">{title}</h2>
        {children}
        <div class="sheet-foot">{foot}</div>
      </div>
    </dialog>
  );
}
