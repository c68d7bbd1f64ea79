// Dialogs and pages that use antd: loaded when first needed, together with antd itself, and put inside it.
import { type ComponentType, lazy, type ReactNode, Suspense } from "react";

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

/** A dialog as a component that loads itself; shows nothing until it is there. */
export function lazyAntd<Props extends object>(load: () => Promise<Module<Props>>): ComponentType<Props> {
  const Lazy = lazy(() => insideAntd(load)) as unknown as ComponentType<Props>;
  return (props) => (
    <Suspense>
      <Lazy {...props} />
    </Suspense>
  );
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
