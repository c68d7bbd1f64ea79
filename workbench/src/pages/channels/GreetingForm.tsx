// What a visitor of a web chat is met with: the menu of buttons, and other greetings by page, link, source, hours or visitor.
import type { Inbox } from "@yingda/contract";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { GreetingRule } from "./GreetingRule.tsx";
import { draftOf, emptyRule, hasCondition, mostRules, type RuleDraft, settingsOf } from "./greeting-draft.ts";
import { MenuButtons } from "./MenuButtons.tsx";
import { useChangeInbox } from "./use-change-inbox.ts";

export function GreetingForm({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  const [draft, setDraft] = useState(() => draftOf(inbox.widget));
  const setRules = (rules: RuleDraft[]) => setDraft({ ...draft, rules });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await change.run({ widget: settingsOf(inbox.widget, draft) });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h3>{t("channelsPage.menu")}</h3>
      <p className="soft">{t("channelsPage.menuLead")}</p>
      <MenuButtons
        name={t("channelsPage.menu")}
        isNamed
        buttons={draft.menu}
        onChange={(menu) => setDraft({ ...draft, menu })}
      />
      <h3>{t("channelsPage.rules")}</h3>
      <p className="soft">{t("channelsPage.rulesLead")}</p>
      <ul className="plain-list">
        {draft.rules.map((rule, at) => (
          <li key={rule.key}>
            <GreetingRule
              place={at + 1}
              rule={rule}
              onChange={(next) => setRules(draft.rules.with(at, next))}
              onRemove={() => setRules(draft.rules.toSpliced(at, 1))}
              onMoveUp={
                at === 0 ? null : () => setRules(draft.rules.toSpliced(at, 1).toSpliced(at - 1, 0, rule))
              }
            />
          </li>
        ))}
      </ul>
      {draft.rules.length < mostRules ? (
        <Button
          type="text"
          icon={<Icon name="plus" size={14} />}
          onClick={() => setRules([...draft.rules, emptyRule()])}
        >
          {t("channelsPage.ruleAdd")}
        </Button>
      ) : null}
      <div className="row-line" style={{ marginBlockStart: 16 }}>
        <Button
          type="primary"
          htmlType="submit"
          loading={change.isBusy}
          disabled={!draft.rules.every(hasCondition)}
        >
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
