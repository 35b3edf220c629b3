// Who is signed in, and what signs somebody in.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Instant, RoleName } from "./vocabulary";

/** A role at a unit. */
export type HeldRole = {
  role: RoleName;
  unit: string;
};

/** The person, their roles, and the token that every deed of this session sends along; null
 *  for a bearer token. `idle_s`: after so many seconds without a deed it is locked; null: never.
 *  `must_enrol`: a second factor is to be set up before anything else is answered. */
export type OpenSession = {
  person: string;
  name: string;
  language: string;
  roles: HeldRole[];
  units: Record<string, Record<string, string>>;
  csrf: string | null;
  idle_s: number | null;
  must_enrol: boolean;
};

/** What opens a session. `code`: of the second factor, for those who have one, or a recovery
 *  code. `stays`: any text, on somebody's own phone, where volunteers stay signed in. */
export type SignInBody = {
  login: string;
  password: string;
  code?: string;
  stays?: string;
};

/** The language to be spoken to in from now on. */
export type LanguageBody = {
  language: string;
};

/** The first password, chosen by a one-time link. */
export type PasswordBody = {
  password: string;
};

/** One's own password, from which to which. */
export type ChangePasswordBody = {
  old: string;
  new: string;
};

/** A second factor, confirmed. `offer`: what the account page offered; `code`: what the app
 *  shows for it; `present`: a code of the second factor that it replaces. */
export type SecondFactorBody = {
  offer: string;
  code: string;
  password: string;
  present?: string;
};

/** What opens in place of the app, each once. They are told this one time. */
export type RecoveryCodes = {
  recovery_codes: string[];
};

/** A session or token of whoever asks. `used_on`: browser and system, or empty; `is_this`: the
 *  one by which was asked. A volunteer's instants are those of the day. */
export type OwnSignIn = {
  id: string;
  kind: "session" | "token";
  used_on: string;
  since: Instant;
  seen: Instant;
  until: Instant;
  is_this: boolean;
};

/** Where whoever asks is signed in, the one used last first. */
export type OwnSignIns = {
  sign_ins: OwnSignIn[];
};

/** The account whose password was chosen. */
export type Welcomed = {
  login: string;
};
