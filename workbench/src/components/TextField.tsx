// Our text fields, in the same face as antd's, for shell, sign-in and inbox (which load without antd).
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

export type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "prefix" | "size"> & {
  ref?: Ref<HTMLInputElement>;
  prefix?: ReactNode;
  /** Shown while there is text: a cross that empties the field. */
  onClear?: () => void;
  isWrong?: boolean;
  isLarge?: boolean;
  suffix?: ReactNode;
};

export function TextField({
  prefix,
  suffix,
  onClear,
  isWrong = false,
  isLarge = false,
  className = "",
  ...rest
}: TextFieldProps) {
  const { t } = useTranslation();
  const classes = [
    "text-field",
    isLarge ? "text-field-large" : "",
    isWrong ? "text-field-wrong" : "",
    className,
  ];
  return (
    <span className={classes.filter(Boolean).join(" ")}>
      {prefix}
      <input {...rest} aria-invalid={isWrong || undefined} />
      {onClear && rest.value ? (
        <button
          type="button"
          className="plain text-field-sign"
          aria-label={t("common.clear")}
          onClick={onClear}
        >
          <Icon name="close" size={15} />
        </button>
      ) : null}
      {suffix}
    </span>
  );
}

/** A password with a button to look at it. */
export function PasswordField(props: TextFieldProps) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const look = (
    <button
      type="button"
      className="plain text-field-sign"
      aria-pressed={isShown}
      aria-label={t("signIn.show")}
      onClick={() => setShown(!isShown)}
    >
      <Icon name={isShown ? "eye" : "eyeOff"} size={18} />
    </button>
  );
  return <TextField {...props} type={isShown ? "text" : "password"} suffix={look} />;
}

/** A text area that grows with its text up to `mostRows`. */
export function TextArea({
  mostRows = 8,
  value,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { mostRows?: number }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const text = String(value ?? "");
  useLayoutEffect(() => growTo(area.current, text), [text]);
  return (
    <textarea
      {...rest}
      ref={area}
      value={value}
      className="text-area"
      style={{ maxBlockSize: `${String(mostRows * 1.6)}em` }}
    />
  );
}

/** Makes a text area as tall as its text. `value` is what it shows: with none, the rows attribute decides. */
export function growTo(area: HTMLTextAreaElement | null, value: string): void {
  if (!area) return;
  area.style.blockSize = "auto";
  if (value !== "") area.style.blockSize = `${String(area.scrollHeight + 2)}px`;
}
