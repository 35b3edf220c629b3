// The overdue page's few comforts: printing. Everything else is made by the server.
import "./overdue.css";

const print = document.querySelector<HTMLButtonElement>("#print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
