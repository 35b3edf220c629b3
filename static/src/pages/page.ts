// What every server-made page shares: its styles.
import "./page.css";
