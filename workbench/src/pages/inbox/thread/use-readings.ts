// What a model read in the pictures of an open thread, by message; asked for only where the contact sent one, and again when
// something new was said.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Message, PictureReading } from "@yingda/contract";
import { call, routes } from "../../../api.ts";
import { queryKeys } from "../../../live/queries.ts";

export type Readings = ReadonlyMap<string, PictureReading>;

const none: Readings = new Map();
const byMessage = (all: readonly PictureReading[]): Readings =>
  new Map(all.map((reading) => [reading.messageId, reading]));

export function useReadings(conversationId: string, messages: readonly Message[]): Readings {
  const hasPicture = messages.some(({ kind, content }) => kind === "inbound" && content.kind === "image");
  const readings = useQuery({
    queryKey: queryKeys.pictureReadings(conversationId, messages.at(-1)?.seq ?? 0),
    queryFn: ({ signal }) => call(routes.listPictureReadings, { params: { id: conversationId }, signal }),
    select: byMessage,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: hasPicture,
  });
  return readings.data ?? none;
}
