package support

import "strings"

// Formats of moments and durations.
var (
	formatDateTime      = format{"date-time", isDateTime}
	formatDateTimeLocal = format{"date-time-local", isDateTimeLocal}
	formatDate          = format{"date", isDate}
	formatTime          = format{"time", isTime}
	formatTimeLocal     = format{"time-local", isTimeLocal}
	formatDuration      = format{"duration", isDuration}
)

// isDateTime is date-time of RFC 3339, section 5.6.
func isDateTime(s string) bool {
	return len(s) > 10 && s[10]|0x20 == 't' && isDate(s[:10]) && isTime(s[11:])
}

// isDateTimeLocal is date-time without an offset.
func isDateTimeLocal(s string) bool {
	return len(s) > 10 && s[10]|0x20 == 't' && isDate(s[:10]) && isTimeLocal(s[11:])
}

// isDate is full-date of RFC 3339: a day that exists.
func isDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	year, month, day := natural(s[:4]), natural(s[5:7]), natural(s[8:])
	return year >= 0 && 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// isTime is full-time of RFC 3339: the offset is part of it, and second 60
// exists only at the end of a UTC day.
func isTime(s string) bool {
	if len(s) < 9 || s[2] != ':' || s[5] != ':' {
		return false
	}
	hour, minute, second := natural(s[:2]), natural(s[3:5]), natural(s[6:8])
	if !isClock(hour, minute) || second < 0 || second > 60 {
		return false
	}
	offset, ok := zone(skipFraction(s[8:]))
	const day = 24 * 60
	return ok && (second < 60 || (hour*60+minute-offset+day)%day == day-1)
}

// isTimeLocal is partial-time of RFC 3339: without an offset. Somewhere, second
// 60 exists at any minute.
func isTimeLocal(s string) bool {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' || skipFraction(s[8:]) != "" {
		return false
	}
	second := natural(s[6:8])
	return isClock(natural(s[:2]), natural(s[3:5])) && 0 <= second && second <= 60
}

func isClock(hour, minute int) bool {
	return 0 <= hour && hour < 24 && 0 <= minute && minute < 60
}

// skipFraction cuts a fraction of a second; a point without digits stays, and
// is no time zone.
func skipFraction(s string) string {
	if !strings.HasPrefix(s, ".") {
		return s
	}
	n := 1
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	if n == 1 {
		return s
	}
	return s[n:]
}

// zone reads a time zone, in minutes.
func zone(s string) (int, bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':' {
		return 0, false
	}
	hour, minute := natural(s[1:3]), natural(s[4:])
	offset := hour*60 + minute
	if s[0] == '-' {
		offset = -offset
	}
	return offset, isClock(hour, minute)
}

// isDuration is duration of RFC 3339, appendix A: weeks alone, or units from
// years to seconds of which none is left out in between.
func isDuration(s string) bool {
	s, ok := strings.CutPrefix(s, "P")
	if n := digitsIn(s); n > 0 && s[n:] == "W" {
		return true
	}
	date, time, timed := strings.Cut(s, "T")
	return ok && s != "" && (date == "" || isUnits(date, "YMD")) && (!timed || isUnits(time, "HMS"))
}

// isUnits tells whether s is numbers with the units, or some of them in a row.
func isUnits(s, units string) bool {
	last := -1
	for s != "" {
		n := digitsIn(s)
		if n == 0 || n == len(s) {
			return false
		}
		at := strings.IndexByte(units, s[n])
		if at < 0 || last >= 0 && at != last+1 {
			return false
		}
		last, s = at, s[n+1:]
	}
	return last >= 0
}
