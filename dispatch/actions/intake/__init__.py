"""What does a report become on its way in? The parts of report_alert."""
