// Why a document cannot be read (errors), and what to look at where it was (documentProblems).

export const documentErrors = {
  "document/empty": "This file is empty.",
  "document/too-large":
    "The file is too large. Split it into files of up to 30 MB, or make its pictures smaller.",
  "document/encrypted": "This file has a password. Remove the password and upload it again.",
  "document/broken": "This file is damaged and cannot be opened. Export or download it again.",
  "document/chat-unclear":
    "These are chats, but it cannot be told who speaks for the shop. Call the shop “Agent” in the file and upload it again, so that no customer's words are told to another.",
  "document/no-text":
    "There is no text in it. If it is a scan or made of pictures, run text recognition (OCR) first and upload the result.",
  "document/type-refused":
    "This kind of file cannot be read. Use PDF, Word, Excel, CSV, Markdown, a web page or plain text.",
  "document/old-format":
    "This is an old format. Save it as .docx or .xlsx in Word, Excel or WPS and upload that.",
  "document/unpacks-too-large":
    "This file unpacks to an unreasonable size and was not opened. Save it anew or split it.",
  "document/too-slow": "Reading this file took too long and was stopped. Split it into smaller files.",
  "document/too-heavy":
    "Reading this file needs too much memory and was stopped. Split it into smaller files.",
};

export const documentProblems = {
  "characters-replaced":
    "Characters that are not known in {{encoding}}: {{count}}. If the text looks wrong, save the file as UTF-8.",
  "nul-removed": "Invisible control characters that were removed: {{count}}.",
  "text-left-out": "There is too much text: only the first {{sections}} sections were read. Split the file.",
  "page-without-text": "Page {{page}} has no text; it may be a picture. Run text recognition (OCR) first.",
  "pages-without-text": "Pages without text, perhaps pictures: {{count}}. Run text recognition (OCR) first.",
  "page-broken": "Page {{page}} cannot be read and was skipped.",
  "pages-left-out": "There are too many pages: only the first {{mostPages}} were read. Split the file.",
  "sheet-empty": "The sheet “{{sheet}}” is empty.",
  "sheet-hidden": "The sheet “{{sheet}}” is hidden and was not read.",
  "rows-left-out": "There are too many rows: only the first {{mostRows}} were read. Split the sheet.",
  "columns-left-out": "There are too many columns: only the first {{mostColumns}} were read.",
  "cell-cut": "Cells that are too long: {{count}}. Only their first {{mostCharacters}} characters were read.",
  "formula-as-text":
    "Cells that begin with =, +, - or @: {{count}}. They were read as text and will never run.",
  "merged-filled": "Merged cells that were filled with their text: {{count}}.",
  "no-header":
    "“{{sheet}}” has no header row, so the bot cannot tell what its columns are. Name them in the first row.",
  "pictures-left-out": "Pictures that were not read: {{count}}.",
  "numbers-masked":
    "Phone numbers, order numbers and e-mail addresses in the chats were masked, so that the bot never tells them: {{count}}.",
  "personal-masked":
    "Masked in the chats, so that the bot never tells them: {{what}}. Names that nobody introduced may still stand: look through the passages.",
  "shop-guessed":
    "The file does not say who speaks for the shop; “{{name}}” was taken for it. If that is wrong, switch the document off.",
  "lines-left-out": "Lines that do not look like a chat and were not read: {{count}}.",
  "robots-refused": "The site's robots.txt does not allow this page to be read.",
  "robots-unreachable":
    "The site's robots.txt cannot be opened (its server fails), so nothing was read. Try again later.",
  "login-needed": "This page needs a login and was not read. Export its text to a file and upload that.",
  "page-missing": "This page does not exist any more.",
  "page-failed": "The site did not give this page (status {{status}}).",
  "page-timed-out": "This page did not answer in time.",
  "page-too-large": "This page is larger than {{mostMb}} MB and was not read.",
  "page-empty":
    "There is no text on this page; perhaps a script shows it. Export its text to a file and upload that.",
  "page-not-to-keep": "This page asks not to be kept (noindex) and was not read.",
  "not-a-page": "This address is not a web page ({{type}}).",
  "redirect-loop": "This page redirects in a circle and cannot be opened.",
  "too-many-redirects": "This page redirects too many times.",
  "left-site": "This page leads to another site ({{host}}) and was not read.",
  "private-address": "Addresses inside a private network cannot be read.",
  "address-refused": "This address cannot be opened. Check it.",
  "certificate-wrong": "The site's certificate is wrong; it was not read.",
  "site-unreachable": "This site cannot be reached.",
  "site-busy": "The site asks to be left alone for a while. Try again later.",
  "site-gave-up": "The site failed many times in a row; the visit was stopped.",
  "pages-not-visited": "The limit of pages is reached. Pages that were not read, at least: {{count}}.",
  "file-empty": "This page is empty.",
  "file-no-text": "There is no text on this page.",
  "file-encrypted": "This file has a password.",
  "file-broken": "This file is damaged.",
  "file-too-large": "This file is too large.",
  "file-too-slow": "Reading this page took too long and was stopped.",
  "file-too-heavy": "Reading this page needs too much memory and was stopped.",
  "file-type-refused": "This kind of file cannot be read.",
  "file-old-format": "This is an old file format and cannot be read.",
  "file-unpacks-too-large": "This file unpacks to too much.",
};
