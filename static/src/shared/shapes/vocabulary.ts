// The closed sets of words, and the writings, that the texts of answers keep to.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

export type Instant = string;

export type Day = string;

export type Status = "reported" | "dispatched" | "returned" | "signed" | "on_site" | "submitted" |
  "suspended" | "verifying" | "resolved" | "closed" | "declined" | "referred" | "merged" | "voided"
  | "withdrawn";

export type Clock = "accept" | "ruling" | "sign" | "contact" | "arrive" | "dispose" | "overall" |
  "verify" | "rate";

export type StepName = "report" | "accept" | "settle" | "decline" | "refer" | "withdraw" |
  "pre_check" | "whistle" | "confirm_whistle" | "downgrade" | "contest" | "decide_kind" |
  "end_whistle" | "ask" | "supply" | "sign" | "assign" | "contact" | "return" | "rule" | "reassign"
  | "call_support" | "release_support" | "ask_release" | "agree_release" | "refuse_release" |
  "support_sign" | "support_assign" | "support_arrive" | "support_finish" | "arrive" | "note" |
  "submit" | "send_back" | "confirm" | "verify_ok" | "verify_fail" | "rate" | "extend" |
  "grant_extension" | "refuse_extension" | "suspend" | "grant_suspension" | "refuse_suspension" |
  "resume" | "merge" | "unmerge" | "witness" | "urge" | "snooze" | "escalate" | "supervise" |
  "answer" | "accept_answer" | "send_answer_back" | "lift" | "void" | "confirm_void" | "refuse_void"
  | "correct" | "reopen" | "record_outcome" | "appeal" | "excuse" | "confirm_excuse" |
  "refuse_appeal" | "call_back" | "unseal" | "confirm_unseal" | "refuse_unseal";

export type FieldKind = "text" | "choice" | "grade" | "yes_no" | "unit" | "alert" | "person" |
  "photos" | "position" | "place" | "category" | "number" | "date";

export type WordsAudience = "inside" | "told" | "told_once";

export type StepPlace = "main" | "beside" | "more" | "apart";

export type Tier = "yellow" | "orange" | "red";

export type TimeUnit = "minutes" | "hours" | "days" | "work_hours" | "work_days";

export type PromiseState = "running" | "paused" | "pending" | "met" | "missed" | "ended";

export type RequestKind = "extend" | "suspend" | "void" | "ask_release";

export type RoleName = "volunteer" | "grid_worker" | "street_dispatcher" | "department_dispatcher"
  | "handler" | "district_dispatcher" | "supervisor" | "admin" | "security_admin" | "auditor";

export type SupportMode = "required" | "first" | "informed";

export type SupportState = "informed" | "to_sign" | "signed" | "on_site" | "finished";

export type RefusalCode = "bad_request" | "not_json" | "not_found" | "no_such_version" |
  "method_not_allowed" | "too_large" | "unsupported_media" | "invalid" | "unknown_filter" |
  "bad_cursor" | "slow_down" | "alert_exists" | "accusation_elsewhere" | "gap_too_wide" |
  "server_full" | "too_many_consoles" | "unknown_unit" | "unknown_report" | "not_signed_in" |
  "session_locked" | "bad_credentials" | "csrf_missing" | "https_required" | "forbidden" |
  "second_factor_needed" | "code_wanted" | "wrong_code" | "offer_over" | "no_second_factor" |
  "acting_as_whom" | "of_system_admin" | "of_security_admin" | "of_auditor" | "admins_apart" |
  "link_used" | "locked_out" | "account_guessed" | "name_taken" | "weak_password" |
  "common_password" | "own_name_password" | "city_name_password" | "wrong_password" |
  "unknown_person" | "unknown_sign_in" | "forbidden_step" | "own_work" | "own_report" | "own_lead" |
  "own_handling" | "version_conflict" | "step_conflict" | "step_exists" | "support_conflict" |
  "first_response_first" | "called_by_another" | "release_asked" | "supports_at_work" |
  "return_limit" | "return_too_late" | "urged_lately" | "snooze_limit" | "snooze_past_due" |
  "no_step_left" | "life_safety_first" | "life_safety_stays" | "void_asked" | "void_not_asked" |
  "second_person" | "already_contacted" | "request_open" | "nothing_asked" | "nothing_corrected" |
  "accusation_as_kind" | "home_not_opened" | "own_request" | "asked_too_late" | "extension_limit" |
  "suspension_limit" | "not_timed" | "end_date_passed" | "reopen_late" | "others_follow" |
  "merge_closed" | "merge_itself" | "merge_private" | "merge_danger" | "merge_danger_late" |
  "unmerge_late" | "later_step" | "place_implausible" | "too_far_away" | "photo_missing" |
  "photo_empty" | "photo_unreadable" | "photo_too_large" | "photo_too_many_pixels" |
  "photo_too_complex" | "photo_heic" | "photo_digest_mismatch" | "photo_undeclared" | "photos_busy"
  | "playbook_refused" | "playbook_in_use" | "playbook_hands" | "may_not_publish" | "no_playbook" |
  "calendar_ends" | "mapping_refused" | "column_missing" | "file_unreadable" | "file_not_utf8" |
  "file_broken" | "quote_never_closed" | "columns_twice" | "no_questions" | "settings_refused" |
  "demo_refused" | "not_migrated" | "target_not_empty" | "restore_unfinished" | "no_backup" |
  "backup_running" | "backup_damaged" | "backup_newer" | "other_database" | "keys_missing" |
  "keys_wrong" | "disk_full" | "not_written" | "tool_missing" | "tool_failed" | "busy" | "not_ready"
  | "database_silent" | "wrong_seal_key" | "foreign_seal_key" | "seal_key_missing" | "not_a_head" |
  "database_away" | "writes_wait" | "no_room" | "internal";

export type FaultCode = "missing" | "unknown_field" | "wrong_type" | "too_long" | "too_short" |
  "too_many" | "unknown_value" | "unknown_alert" | "cannot_be_named" | "heir_complained_about" |
  "leads_already" | "called_already" | "does_not_help" | "called_here" | "not_a_hand" |
  "nobody_to_send" | "out_of_range" | "in_the_future" | "not_a_time" | "not_a_date" | "not_a_uuid" |
  "not_a_digest" | "not_a_url" | "control_characters" | "text_or_photo" | "position_or_grid" |
  "repeated" | "photo_needed" | "not_grouped" | "unit_in_use";

export type FilterName = "status" | "category" | "street" | "community" | "grid" | "department" |
  "overdue" | "from" | "to" | "q" | "mine" | "limit" | "cursor";
