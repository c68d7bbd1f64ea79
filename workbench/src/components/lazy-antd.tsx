// Dialogs and pages that use antd: loaded when first needed, together with antd itself, and put inside it.
import i18next from "i18next";
import { type ComponentType, type ReactNode, useEffect, useRef, useState } from "react";
import { showToast } from "./toast.ts";

type Module<Props> = { default: ComponentType<Props> };

/** Loads a component and antd side by side; what comes back stands inside antd's providers. */
export async function insideAntd<Props extends object>(
  load: () => Promise<Module<Props>>,
): Promise<Module<Props>> {
  const [{ default: Inner }, { Antd }] = await Promise.all([load(), import("./Antd.tsx")]);
  return {
    default: (props) => (
      <Antd>
        <Inner {...props} />
      </Antd>
    ),
  };
}

/**
 * A dialog as a component that loads itself. Nothing is shown until it is there; when it cannot be loaded (no network) it
 * says so and closes again, and the next opening tries anew.
 */
export function lazyAntd<Props extends { onClose: () => void }>(
  load: () => Promise<Module<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function LazyDialog(props) {
    const [Inner, setInner] = useState<ComponentType<Props> | null>(() => loaded);
    const close = useRef(props.onClose);
    useEffect(() => {
      if (loaded) return;
      let isCurrent = true;
      insideAntd(load).then(
        (module) => {
          loaded = module.default;
          if (isCurrent) setInner(() => module.default);
        },
        () => {
          showToast("error", i18next.t("errors.offline"));
          if (isCurrent) close.current();
        },
      );
      return () => {
        isCurrent = false;
      };
    }, []);
    return Inner ? <Inner {...props} /> : null;
  };
}

export type SideDrawerProps = {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  /** Width in px on the desk; on the phone it comes from below. */
  width: number;
  children: ReactNode;
};

/** antd's drawer; its code is loaded when it is first opened. */
export const SideDrawer = lazyAntd<SideDrawerProps>(() => import("./Drawer.tsx"));
