package support

// IsSequence tells the generator whether an expression is a sequence. Generated
// packages don't have this file.
func IsSequence(expr string) bool { return readRuns(expr) != nil }
