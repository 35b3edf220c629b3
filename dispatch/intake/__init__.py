"""Intake: reports become alerts, photos are attached, the reporter gets a receipt."""
