// The door of outgoing mail.
export { createMailer, type Mail, type Mailer, type MailOutcome, type MailRefusal } from "./mailer.ts";
