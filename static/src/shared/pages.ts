// The pages of the product, from the table that the server and the build read too.
import table from "../../../dispatch/blueprints/pages.json";

export type PageName = keyof typeof table.pages;
type Offer = { address: string; roles?: string[]; first_for?: string[] };

export const addressOf = (name: PageName): string => table.pages[name].address;

/** Where people of these roles work: the page that home offers them first, or home itself. */
export function workplace(roles: ReadonlySet<string>): string {
  const isAmong = (named: string[] = []): boolean => named.some((role) => roles.has(role));
  const mine = Object.values<Offer>(table.pages).filter((page) => isAmong(page.roles));
  const first = mine.find((page) => isAmong(page.first_for)) ?? mine[0];
  return first?.address ?? addressOf("home");
}
