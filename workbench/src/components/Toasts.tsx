// Draws the toasts, once, at the root. Polite for what went well, assertive for what did not.
import { Icon } from "./Icon.tsx";
import { closeToast, type Toast, useToasts } from "./toast.ts";

const icons = { success: "check", info: "info", warning: "warning", error: "warning" } as const;

export function Toasts() {
  const toasts = useToasts();
  return (
    <div className="toasts">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const { action } = toast;
  const isBad = toast.kind === "error" || toast.kind === "warning";
  return (
    <div className={`toast toast-${toast.kind}`} role={isBad ? "alert" : "status"}>
      <Icon name={icons[toast.kind]} size={18} />
      <span>{toast.text}</span>
      {action ? (
        <button
          type="button"
          className="plain text-button"
          onClick={() => {
            closeToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      ) : null}
    </div>
  );
}
