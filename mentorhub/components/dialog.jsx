import { useEffect, useRef } from "react";

/* The browser's own modal: it takes the focus, keeps it, closes on Escape and gives the focus back. */
export function ModalDialog({ open, onClose, labelledby, className, children }) {
  const dialog = useRef(null);

  useEffect(() => {
    const element = dialog.current;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  const outside = (event) => {
    if (event.target === dialog.current) dialog.current.close();
  };
  return (
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={labelledby}
      onClick={outside}
      onClose={() => open && onClose && onClose()}
    >
      {children}
    </dialog>
  );
}
