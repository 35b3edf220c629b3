// The looks of the audit trail's page, and its sign-out. All else on it is made by the server.
import { offerSignOut } from "../shared/sign-out";
import "./overdue.css";
import "./audit.css";

offerSignOut();
