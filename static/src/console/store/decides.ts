// Which of what was asked somebody at this desk decides, as the law has it.
import type { Card, HeldRole, RequestKind } from "../../shared/shapes";

type AskedOf = Pick<Card, "asked" | "lead" | "street" | "community" | "grid">;
type Decider = (role: HeldRole, card: AskedOf) => boolean;

const ofDistrict: Decider = ({ role }) => role === "district_dispatcher";
const ofPlace: Decider = ({ role, unit }, { street, community, grid }) =>
  role === "street_dispatcher" && [street, community, grid].includes(unit);
const ofLead: Decider = ({ role, unit }, { lead }) => role.endsWith("_dispatcher") && unit === lead;

/** Of the release of a unit that helps whoever called it decides: the lead, the street or the district. */
const DECIDERS: Record<RequestKind, readonly Decider[]> = {
  extend: [ofDistrict],
  suspend: [ofDistrict],
  void: [ofPlace, ofDistrict],
  ask_release: [ofLead, ofPlace, ofDistrict],
};

export const decidesOn = (roles: readonly HeldRole[], card: AskedOf): boolean =>
  card.asked.some((kind) => (DECIDERS[kind] ?? []).some((may) => roles.some((role) => may(role, card))));
