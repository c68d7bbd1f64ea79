// How a system is signed in to, as it stands in a form, and back. A secret that is left empty stays what it was.
import type { ToolAuth, ToolConnection } from "@yingda/contract";

export const signIns = ["none", "bearer", "header", "query", "basic", "oauth2", "app-token"] as const;
export type SignIn = (typeof signIns)[number];

export interface SignInForm {
  signIn: SignIn;
  /** User name, client id, or the name of the header or parameter. */
  signName: string;
  tokenUrl: string;
  scopes: string;
  clientIn: "basic" | "body";
  /** By the names that the sign-in has for them. */
  secrets: Record<string, string>;
}

export const noSignIn: SignInForm = {
  signIn: "none",
  signName: "",
  tokenUrl: "",
  scopes: "",
  clientIn: "basic",
  secrets: {},
};
const bearer = { in: "header", name: "Authorization", prefix: "Bearer " } as const;

export function signInOf(auth: ToolAuth): SignInForm {
  switch (auth.kind) {
    case "none":
      return noSignIn;
    case "key": {
      const { in: where, name, prefix } = auth.sentAs;
      const isBearer = where === "header" && name.toLowerCase() === "authorization" && prefix === "Bearer ";
      return { ...noSignIn, signIn: isBearer ? "bearer" : where, signName: isBearer ? "" : name };
    }
    case "basic":
      return { ...noSignIn, signIn: "basic", signName: auth.username };
    case "oauth2": {
      const { tokenUrl, clientId, scopes, clientIn } = auth;
      return {
        ...noSignIn,
        signIn: "oauth2",
        signName: clientId,
        tokenUrl,
        scopes: scopes.join(" "),
        clientIn,
      };
    }
    case "app-token":
      return { ...noSignIn, signIn: "app-token", tokenUrl: auth.tokenUrl };
    default:
      return auth satisfies never;
  }
}

/** Which secrets a sign-in has; `kept` are the names of those of an application's own token call. */
export function secretsOf(signIn: SignIn, kept: readonly string[] = []): readonly string[] {
  if (signIn === "none") return [];
  if (signIn === "basic") return ["password"];
  if (signIn === "oauth2") return ["clientSecret"];
  return signIn === "app-token" ? kept : ["key"];
}

/** Null while something is missing. `before` has what the form does not show. */
export function authOf(form: SignInForm, before?: ToolConnection): ToolAuth | null {
  const { signIn, clientIn } = form;
  const name = form.signName.trim();
  const tokenUrl = form.tokenUrl.trim();
  const was = before?.auth;
  switch (signIn) {
    case "none":
      return { kind: "none" };
    case "bearer":
      return { kind: "key", sentAs: bearer };
    case "header":
    case "query": {
      const prefix = was?.kind === "key" && was.sentAs.name === name ? was.sentAs.prefix : "";
      return name === "" ? null : { kind: "key", sentAs: { in: signIn, name, prefix } };
    }
    case "basic":
      return name === "" ? null : { kind: "basic", username: name };
    case "oauth2": {
      if (name === "" || !URL.canParse(tokenUrl)) return null;
      const scopes = form.scopes.split(/\s+/u).filter((scope) => scope !== "");
      const sentAs = was?.kind === "oauth2" ? was.sentAs : bearer;
      return { kind: "oauth2", tokenUrl, clientId: name, scopes, clientIn, sentAs };
    }
    case "app-token":
      return was?.kind === "app-token" && URL.canParse(tokenUrl) ? { ...was, tokenUrl } : null;
    default:
      return signIn satisfies never;
  }
}

/** What is kept is only ever sent where it was meant for: a changed address needs its secrets anew. */
export function needsSecretsAnew(before: ToolConnection, baseUrl: string, auth: ToolAuth | null): boolean {
  const origins = (base: string, how: ToolAuth | null) => [
    URL.canParse(base) ? new URL(base).origin : "",
    how !== null && "tokenUrl" in how && URL.canParse(how.tokenUrl) ? new URL(how.tokenUrl).origin : "",
  ];
  return origins(before.baseUrl, before.auth).join() !== origins(baseUrl, auth).join();
}
