"""Makes, fills and checks an installation: init, publishing, people, the demo, replay, verify."""
