// The looks of the audit trail's page. Everything on it is made by the server.
import "./overdue.css";
import "./audit.css";
