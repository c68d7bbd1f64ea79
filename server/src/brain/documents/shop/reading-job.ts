// The name of the job that reads documents, and what is sent with it.

import { documentId, tenantId } from "@yingda/contract";
import { z } from "zod";

export const readDocumentJob = "read-document";

export const readingPayload = z.object({ tenantId, documentId, run: z.int() });
