// The accessibility rules that every screen must pass: WCAG 2.0 to 2.2, levels A and AA, by axe-core, in light and in dark.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** One line per finding: rule, what is shown, where; empty when all is well. Both colour schemes of the page as it stands. */
export async function findings(
  page: Page,
  schemes: readonly ("light" | "dark")[] = ["light", "dark"],
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .options({ runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] })
      .analyze();
    for (const { id, nodes } of violations)
      for (const node of nodes)
        found.push(
          `${colorScheme} ${id}: ${node.target.join(" ")} ${firstReason(node.any)} ${node.html.slice(0, 160)}`,
        );
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

function firstReason(checks: readonly { message: string }[]): string {
  return checks[0]?.message ?? "";
}
