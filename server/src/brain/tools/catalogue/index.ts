// The catalogue of business applications: data of what each gives a bot, and the search in it.

export {
  type Application,
  type Bilingual,
  type Family,
  families,
  familyNames,
  type IdentityNeeded,
  type Operation,
  type OperationParameter,
  type Region,
  regions,
  type SignIn,
} from "./application.ts";
export { type ApplicationFilter, findApplications } from "./find-applications.ts";
export { CatalogueError, type CatalogueErrorCode, readCatalogue } from "./read-catalogue.ts";
