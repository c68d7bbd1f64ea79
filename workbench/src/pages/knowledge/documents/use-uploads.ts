// Uploads files one after the other, so that a slow line is not shared; says how far the present one is and which failed.
import type { DocumentId } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { routes, upload } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { showToast } from "../../../components/toast.ts";
import { refreshDocuments } from "./document-queries.ts";

export type Uploading = { name: string; share: number };

export function useUploads() {
  const { t } = useTranslation();
  const [now, setNow] = useState<Uploading | null>(null);
  const [problems, setProblems] = useState<string[]>([]);

  const send = async (files: readonly File[], replaces?: DocumentId) => {
    setProblems([]);
    let sent = 0;
    for (const file of files) {
      const { name } = file;
      setNow({ name, share: 0 });
      try {
        const query = replaces === undefined ? {} : { replaces };
        await upload(
          routes.uploadDocument,
          file,
          { query },
          { onProgress: (share) => setNow({ name, share }) },
        );
        sent += 1;
        await refreshDocuments();
      } catch (error) {
        const why = errorText(error, t);
        setProblems((before) => [...before, t("knowledge.documents.notUploaded", { name, why })]);
      }
    }
    setNow(null);
    if (sent > 0) showToast("success", t("knowledge.documents.uploaded", { count: sent }));
  };
  return { now, problems, send };
}
