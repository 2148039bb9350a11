"""What pages are made of: functions from values to markup that know no state."""
