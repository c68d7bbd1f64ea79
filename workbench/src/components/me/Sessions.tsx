// Where one is signed in; any other device can be signed out from here.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { queryKeys } from "../../live/queries.ts";
import { errorText } from "../error-text.ts";
import { Icon } from "../Icon.tsx";
import { ErrorState, RowSkeletons } from "../states.tsx";
import { Time } from "../Time.tsx";

export function Sessions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const sessions = useQuery({
    queryKey: queryKeys.sessions,
    queryFn: ({ signal }) => call(routes.listSessions, { signal }),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => call(routes.revokeSession, { params: { id } }),
    onSuccess: () => {
      void message.success(t("me.sessionEnded"));
      void client.invalidateQueries({ queryKey: queryKeys.sessions });
    },
    onError: (error) => void message.error(errorText(error, t)),
  });
  if (sessions.isPending) return <RowSkeletons count={2} height={56} />;
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={() => sessions.refetch()} />;
  return (
    <ul className="sessions">
      {sessions.data.map((session) => (
        <li key={session.id}>
          <Icon name="phone" size={20} />
          <span className="sessions-words">
            <strong className="ellipsis">{session.device}</strong>
            <span className="soft">
              {session.address} · {t("me.sessionSeen")} <Time at={session.lastSeenAt} />
            </span>
          </span>
          {session.isCurrent ? (
            <span className="mark">{t("me.sessionCurrent")}</span>
          ) : (
            <Button size="small" disabled={revoke.isPending} onClick={() => revoke.mutate(session.id)}>
              {t("me.sessionEnd")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
