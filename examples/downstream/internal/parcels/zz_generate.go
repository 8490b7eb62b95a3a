package parcels

// go generate reads the files of a folder one after another, and stops at one
// that is gone by then. As gen removes what the document no longer has, the
// line is in the file that comes last.

//go:generate go tool gen --config ../../gen.yaml
