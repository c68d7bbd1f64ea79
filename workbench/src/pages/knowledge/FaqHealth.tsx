// In the editor: what needs attention at this FAQ, with the other FAQ of a collision one press away, and the wordings that
// it borrows.
import { useQuery } from "@tanstack/react-query";
import type { BorrowedIntent, Faq, FaqProblem } from "@yingda/contract";
import { Button } from "antd";
import type { TFunction } from "i18next";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../components/error-text.ts";
import { Icon } from "../../components/Icon.tsx";
import { BlockSkeleton } from "../../components/states.tsx";
import { BorrowedGroup } from "./BorrowedGroup.tsx";
import { healthQuery } from "./health-queries.ts";
import { useBorrowed } from "./use-borrowed.ts";

export function FaqProblems({ faq, onOpenOther }: { faq: Faq; onOpenOther: (id: string) => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(healthQuery(faq.id));
  if (!data || data.problems.length === 0) return null;
  return (
    <section className="knowledge-problems" aria-label={t("knowledge.health.problems")}>
      <ul>
        {data.problems.map((problem, at) => (
          <li key={`${problem.kind}-${String(at)}`}>
            <Icon name={problem.kind === "repeated-phrasing" ? "info" : "warning"} size={18} />
            <span>
              {problemText(problem, t)}
              {"other" in problem ? (
                <Button type="link" size="small" onClick={() => onOpenOther(problem.other.id)}>
                  {t("knowledge.open", { question: problem.other.question })}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function problemText(problem: FaqProblem, t: TFunction): string {
  switch (problem.kind) {
    case "empty":
      return t(problem.part === "answer" ? "knowledge.health.emptyAnswer" : "knowledge.health.emptyQuestion");
    case "shared-phrasing": {
      const { phrasing, other } = problem;
      return t("knowledge.health.shared", { phrasing, question: other.question });
    }
    case "duplicate": {
      const [own, theirs] = problem.pair;
      return t("knowledge.health.duplicate", { question: problem.other.question, own, theirs });
    }
    case "contradiction": {
      const [own, theirs] = problem.values;
      return t("knowledge.health.contradiction", { question: problem.other.question, own, theirs });
    }
    case "expired":
      return t("faqWork.expired", { on: problem.on });
    case "expires-soon":
      return t("faqWork.expiresSoon", { on: problem.on, count: problem.days });
    case "open-blank":
      return t("knowledge.health.blanks", { names: problem.blanks.join(t("common.listComma")) });
    case "few-phrasings":
      return t("knowledge.health.few", { count: problem.count, wanted: problem.wanted });
    case "repeated-phrasing":
      return t("knowledge.health.repeated", { phrasing: problem.phrasing });
    default:
      return problem satisfies never;
  }
}

export type BorrowedProps = { faq: Faq; canWrite: boolean; focusOn: string | null };

/** `focusOn` is a phrasing to be shown and marked. */
export function Borrowed({ faq, canWrite, focusOn }: BorrowedProps) {
  const { t } = useTranslation();
  const { health, shown, change } = useBorrowed(faq);
  const order = useRef(new Map<string, number>());
  for (const { slug } of shown?.borrowed ?? [])
    if (!order.current.has(slug)) order.current.set(slug, order.current.size);
  // a group that was removed stays where it was while the editor is open
  const groups = (shown?.borrowed ?? []).toSorted(
    (a, b) => (order.current.get(a.slug) ?? 0) - (order.current.get(b.slug) ?? 0),
  );
  const isAllRefused = groups.length > 0 && groups.every(isEmpty);
  return (
    <section className="knowledge-borrowed" aria-labelledby="knowledge-borrowed">
      <h3 id="knowledge-borrowed">{t("knowledge.borrowed.title")}</h3>
      {health.isPending ? (
        <BlockSkeleton rows={2} />
      ) : health.error ? (
        <p className="problem" role="alert">
          {errorText(health.error, t)}{" "}
          <Button type="link" size="small" onClick={() => void health.refetch()}>
            {t("common.retry")}
          </Button>
        </p>
      ) : (
        <p className="soft">
          {!health.data.isMatched
            ? t("knowledge.borrowed.notMatched")
            : groups.length === 0
              ? t("knowledge.borrowed.none")
              : isAllRefused
                ? t("knowledge.borrowed.allRefused")
                : t("knowledge.borrowed.lead")}
        </p>
      )}
      {groups.map((intent) => (
        <BorrowedGroup
          key={intent.slug}
          intent={intent}
          focusOn={focusOn}
          onChange={canWrite ? change : null}
        />
      ))}
    </section>
  );
}

function isEmpty({ isRefused, phrasings }: BorrowedIntent): boolean {
  return isRefused || phrasings.every((phrasing) => phrasing.isRefused);
}
