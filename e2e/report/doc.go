// Package report opens the pages of gen diff in a browser: that they make no
// error there, that what a document holds does nothing in them, and that the
// filters work. It needs Chromium, and is skipped without it; with
// OAKEN_BROWSER=required it fails instead.
package report
