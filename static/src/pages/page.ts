// What every server-made page shares: tokens, parts, the bar on top.
import "../shared/tokens.css";
import "../shared/parts.css";
import "./page.css";
import { offerSignOut } from "../shared/sign-out";

offerSignOut();
