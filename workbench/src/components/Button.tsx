/**
 * Our button, in the same face as antd's: shell and inbox use it so that they load without antd. `isBusy` keeps width and
 * focus while something runs. Pages that have antd anyway may use antd's.
 */
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** "primary": the one main thing of a screen. "text": no border. "link": reads as a link. */
  look?: "plain" | "primary" | "text" | "link";
  size?: "small" | "middle" | "large";
  icon?: ReactNode;
  isBusy?: boolean;
  isDanger?: boolean;
  isBlock?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({
  look = "plain",
  size = "middle",
  icon,
  isBusy = false,
  isDanger = false,
  isBlock = false,
  className = "",
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  const classes = [
    "btn",
    `btn-${look}`,
    `btn-${size}`,
    isDanger ? "btn-danger" : "",
    isBlock ? "btn-block" : "",
    children ? "" : "btn-icon",
    className,
  ];
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={classes.filter(Boolean).join(" ")}
    >
      {isBusy ? <span className="busy" aria-hidden="true" /> : icon}
      {children ? <span>{children}</span> : null}
    </button>
  );
}
