// All families of promises and policies. Read by promises.ts and supports-promise.ts.

import type { Family } from "./family.ts";
import { policies } from "./policy-words.ts";
import { promises } from "./promise-words.ts";
import { terms } from "./term-words.ts";

export const families: Family[] = [...promises, ...policies, ...terms];
