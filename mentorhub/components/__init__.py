"""What pages are made of: functions from values to markup; they know no state, handlers come in as arguments."""
