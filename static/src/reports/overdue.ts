// Printing the overdue page. Everything else on it is made by the server.
import "./overdue.css";
import { offerSignOut } from "../shared/sign-out";

offerSignOut();

const print = document.querySelector<HTMLButtonElement>("#print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
