/**
 * "Why did it say this?": the steps the bot went through, in plain words. The server sends codes with values; a code this
 * build does not know shows its decision alone, never a raw code.
 */

import { useQuery } from "@tanstack/react-query";
import type { RouteReply } from "@yingda/contract";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { TraceSteps } from "../../../components/TraceSteps.tsx";
import { useIsPhone } from "../../../components/use-media.ts";

export type TraceReply = RouteReply<typeof routes.getTrace>;

export default function TraceDrawer({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const trace = useQuery({
    queryKey: ["trace", messageId],
    queryFn: ({ signal }) => call(routes.getTrace, { params: { id: messageId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("trace.title")}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "85dvh" : 420}
    >
      {trace.isPending ? <BlockSkeleton rows={6} /> : null}
      {trace.isError ? <ErrorState error={trace.error} onRetry={() => trace.refetch()} /> : null}
      {trace.data ? <TraceSteps reply={trace.data} /> : null}
    </Drawer>
  );
}
